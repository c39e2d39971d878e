import { invariant } from '../../shared/base/assert.ts';
import { SECOND_MS } from '../../shared/base/time.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { Channel } from '../../shared/tickets/fields.ts';
import { actInPast, beginPast, hearInPast, pastCommandId } from '../log-import/ticket-past.ts';
import type { ImportedTicket } from '../store/imported-ticket.ts';
import type { DemoCustomer } from './demo-customers.ts';
import { factsOf } from './facts.ts';
import { asReply, inManner } from './manners.ts';
import type { Random } from './random.ts';
import { fill } from './scenario.ts';
import type { Facts } from './scenario.ts';

/** Everything that tickets of one demo are written with. */
export type Surround = {
  readonly policy: CompiledPolicy;
  readonly random: Random;
  readonly nowMs: number;
};

export type Opening = {
  subject: string;
  text: string;
  customer: DemoCustomer;
  channel: Channel;
  teamId: string;
  asked: Severity | null;
  /** Who answers, and signs replies. */
  agent: Agent;
  submittedAt: number;
};

/** The console that wrote the demo's past. */
export const demoConsoleId = 'demo';

/**
 * Writes one ticket's past, event by event, in order: an instant that is not after the last event is moved to
 * just after it, and nothing comes after now.
 */
export type StoryWriter = {
  readonly facts: Facts;
  act: (action: Action, at: number, by?: Agent) => void;
  reply: (text: string, at: number) => void;
  note: (text: string, at: number) => void;
  hear: (text: string, at: number) => void;
  /** The last event's instant. */
  lastAt: () => number;
  ticket: () => ImportedTicket;
};

export function startStory(surround: Surround, opening: Opening): StoryWriter {
  const { policy, random, nowMs } = surround;
  const { customer, agent } = opening;
  const submittedAt = Math.round(opening.submittedAt);
  const id = pastCommandId(submittedAt, random);
  const facts = factsOf(id, {
    organisation: customer.organisation,
    contact: customer.contact,
    greetAs: customer.greetAs,
    agentName: agent.name,
  });
  let lastAt = submittedAt;
  let past = beginPast({
    id,
    // Given when all are there and in order.
    reference: 'VH-00000',
    subject: fill(opening.subject, facts),
    text: fill(inManner(random, customer.manner, opening.text), facts),
    customer: {
      id: customer.id,
      organisation: customer.organisation,
      contact: customer.contact,
      address: customer.address,
      licence: customer.licence,
    },
    channel: opening.channel,
    teamId: opening.teamId,
    asked: opening.asked,
    receivedAt: submittedAt,
  });

  const next = (at: number): number => {
    lastAt = Math.max(Math.min(Math.round(at), nowMs - SECOND_MS), lastAt + 1);
    return lastAt;
  };
  const act = (action: Action, at: number, by = agent): void => {
    const when = next(at);
    const done = actInPast(
      past,
      action,
      {
        at: when,
        agent: by,
        consoleId: demoConsoleId,
        commandId: pastCommandId(when, random),
      },
      policy,
    );
    invariant(done.ok, `the demo does what the desk refuses: ${action.kind}`);
    past = done.value;
  };
  return {
    facts,
    act,
    reply: (text, at) => {
      act({ kind: 'reply', text: fill(asReply(random, text), facts) }, at);
    },
    note: (text, at) => {
      act({ kind: 'note', text: fill(text, facts) }, at);
    },
    hear: (text, at) => {
      const when = next(at);
      const message = {
        id: pastCommandId(when, random),
        text: fill(inManner(random, customer.manner, text), facts),
        receivedAt: when,
      };
      past = hearInPast(past, message, policy);
    },
    lastAt: () => lastAt,
    ticket: () => past,
  };
}
