import type { Agent } from '../../shared/protocol/agent.ts';

/** The demo's two teams: what runs in Velhaven Cloud, and what runs on customers' own servers. */
export const cloudTeamId = 'team-cloud';
export const serverTeamId = 'team-server';

/** Those who work at the demo desk. The first is the one who sits at this console: a lead, so that all can be tried. */
export function demoAgents(): [Agent, ...Agent[]] {
  return [
    agent('agent-ilse', 'Ilse Varga', 'lead', [cloudTeamId, serverTeamId]),
    agent('agent-lucia', 'Lucía Ferreira', 'lead', [cloudTeamId, serverTeamId]),
    agent('agent-tomasz', 'Tomasz Okoro', 'agent', [cloudTeamId]),
    agent('agent-noor', 'Noor Haddad', 'agent', [cloudTeamId]),
    agent('agent-jakub', 'Jakub Sørensen', 'agent', [serverTeamId]),
    agent('agent-priya', 'Priya Menon', 'agent', [serverTeamId]),
  ];
}

function agent(id: string, name: string, role: Agent['role'], teamIds: string[]): Agent {
  return { id, version: 0, name, role, teamIds };
}
