import { agentIdFor, putAgent } from '../agents/add-agent.ts';
import type { NewAgent } from '../agents/add-agent.ts';
import { hashToken, newToken } from '../agents/tokens.ts';
import { withDesk } from './open-desk.ts';
import type { DeskChoice } from './open-desk.ts';
import type { Terminal } from './terminal.ts';

export type AddAgentOptions = DeskChoice & { role: NewAgent['role']; team?: string[] };

/** Adds an agent and prints the token, which is kept nowhere else. */
export function addAgent(
  name: string,
  options: AddAgentOptions,
  terminal: Terminal,
): Promise<number> {
  return withDesk(options, terminal, async (desk) => {
    const known = await desk.store.read((snapshot) => snapshot.agents());
    const id = agentIdFor(name, new Set(known.map(({ agent }) => agent.id)));
    const token = newToken();
    const given = { id, name, role: options.role, teamIds: options.team ?? null };
    await putAgent(desk, given, hashToken(token));
    terminal.err(`Added ${id} (${options.role}). The token is shown only now:`);
    terminal.out(token);
    return 0;
  });
}

export function listAgents(options: DeskChoice, terminal: Terminal): Promise<number> {
  return withDesk({ ...options, mustExist: true }, terminal, async (desk) => {
    const agents = await desk.store.read((snapshot) => snapshot.agents());
    for (const { agent, tokenHash } of agents) {
      const access = tokenHash === null ? 'no sign-in' : 'can sign in';
      terminal.out([agent.id, agent.role, agent.name, agent.teamIds.join(','), access].join('\t'));
    }
    return 0;
  });
}
