import { invariant } from '../../shared/base/assert.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Channel } from '../../shared/tickets/fields.ts';
import { cloudTeamId, serverTeamId } from './demo-agents.ts';
import { demoCustomers } from './demo-customers.ts';
import type { DemoCustomer } from './demo-customers.ts';
import { pick, shuffled } from './random.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';
import { scenarioDeck } from './scenario-deck.ts';
import type { Plan } from './story-plan.ts';

/** Who and what a ticket is about. */
export type Cast = {
  readonly scenario: Scenario;
  readonly customer: DemoCustomer;
  readonly channel: Channel;
  readonly teamId: string;
  /** Whose ticket it is, or who answers where it is nobody's. */
  readonly agent: Agent;
  /** Who assigns it: agents take tickets themselves, or are given them by a lead. */
  readonly assigner: Agent;
};

/** Casts plan after plan, so that scenarios, customers and agents take turns. */
export function casting(random: Random, agents: readonly Agent[]): (plan: Plan) => Cast {
  const [local, ...colleagues] = agents;
  invariant(local !== undefined, 'a demo needs an agent');
  const lead = agents.find((agent) => agent.role === 'lead') ?? local;
  const deal = scenarioDeck(random);
  let waiting: DemoCustomer[] = [];
  let turn = 0;
  return (plan) => {
    const scenario = deal(plan);
    if (waiting.length < 8) waiting = [...waiting, ...shuffled(random, demoCustomers)];
    const at = waiting.findIndex((customer) => fits(scenario, customer));
    const [customer] = waiting.splice(Math.max(0, at), 1);
    invariant(customer !== undefined, 'a demo needs customers');
    const teamId = customer.licence === 'saas' ? cloudTeamId : serverTeamId;
    const team = colleagues.filter((agent) => agent.teamIds.includes(teamId));
    turn += 1;
    const agent =
      plan.assigned === 'local' || team.length === 0 ? local : (team[turn % team.length] ?? local);
    return {
      scenario,
      customer,
      channel: channelFor(random, plan),
      teamId,
      agent,
      assigner: random() < 0.6 ? agent : lead,
    };
  };
}

function fits(scenario: Scenario, customer: DemoCustomer): boolean {
  return scenario.licence === undefined || scenario.licence === customer.licence;
}

/** Chat is for High and Critical (P2); some use it for less all the same, which is flagged (P3). */
function channelFor(random: Random, { severity }: Pick<Plan, 'severity'>): Channel {
  const isUrgent = severity === 'critical' || severity === 'high';
  if (random() < (isUrgent ? 0.3 : 0.05)) return 'chat';
  return pick(random, ['email', 'email', 'email', 'web', 'web']);
}
