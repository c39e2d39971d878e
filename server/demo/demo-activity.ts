import type { Severity } from '../../shared/policy/severity.ts';
import { isOpen } from '../../shared/tickets/fields.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import type { CustomerMessage, Submission } from '../../shared/tickets/intake.ts';
import { pastCommandId } from '../log-import/ticket-past.ts';
import { bugChases, featureChases, followUps, nudges, secondThoughts } from './asides.ts';
import { cloudTeamId, serverTeamId } from './demo-agents.ts';
import { demoCustomers } from './demo-customers.ts';
import { factsOf } from './facts.ts';
import { inManner } from './manners.ts';
import { pick } from './random.ts';
import type { Random } from './random.ts';
import { fill } from './scenario.ts';
import { scenarios } from './scenarios/all.ts';
import { findScenario, subjectOf } from './subjects.ts';

/** Something that a customer does while the demo runs. */
export type DemoEvent =
  | { kind: 'submit'; submission: Omit<Submission, 'reference'> }
  | { kind: 'message'; ticketId: string; message: CustomerMessage };

export type DemoMoment = {
  /** ms since epoch, UTC; becomes the event's `receivedAt`. */
  nowMs: number;
  random: Random;
  /** Tickets a customer may answer on; those that are resolved or closed are left alone. */
  openHeads: readonly TicketHead[];
};

/** The next thing that happens: a new ticket in two of five cases, else an answer on a ticket that is open. */
export function nextDemoEvent(moment: DemoMoment): DemoEvent {
  const { random, openHeads, nowMs } = moment;
  const open = openHeads.filter((head) => isOpen(head.status.value));
  if (random() < 0.4 || open.length === 0) return { kind: 'submit', submission: newTicket(moment) };
  const head = whoWrites(random, open);
  const known = demoCustomers.find((customer) => customer.id === head.customer.id);
  const text = inManner(random, known?.manner ?? 'polite', whatIsSaid(random, head));
  return {
    kind: 'message',
    ticketId: head.id,
    message: {
      id: pastCommandId(nowMs, random),
      text: fill(text, factsOf(head.id, peopleOf(head.customer))),
      receivedAt: nowMs,
    },
  };
}

function newTicket({ nowMs, random }: DemoMoment): Omit<Submission, 'reference'> {
  const scenario = pick(random, scenarios);
  const { greetAs, manner, ...customer } = pick(
    random,
    demoCustomers.filter(
      ({ licence }) => scenario.licence === undefined || scenario.licence === licence,
    ),
  );
  const id = pastCommandId(nowMs, random);
  const facts = factsOf(id, { ...peopleOf(customer), greetAs });
  const isUrgent = scenario.severity === 'critical' || scenario.severity === 'high';
  return {
    id,
    subject: fill(subjectOf(random, scenario), facts),
    text: fill(inManner(random, manner, pick(random, scenario.openings)), facts),
    customer,
    channel: pick(random, isUrgent ? ['email', 'chat', 'web'] : ['email', 'email', 'web']),
    teamId: customer.licence === 'saas' ? cloudTeamId : serverTeamId,
    asked: askedFor(random, scenario.severity),
    receivedAt: nowMs,
  };
}

/** Most do not ask; those in need do (P3). */
function askedFor(random: Random, severity: Severity): Severity | null {
  const share = severity === 'critical' ? 0.9 : severity === 'high' ? 0.6 : 0.3;
  return random() < share ? severity : null;
}

/** Mostly those whose turn it is; now and then one who cannot wait. */
function whoWrites(random: Random, open: readonly TicketHead[]): TicketHead {
  const theirTurn = open.filter((head) => head.firstReplyAt !== null && head.unanswered === null);
  return pick(random, theirTurn.length > 0 && random() < 0.75 ? theirTurn : open);
}

/** What fits the state the ticket is in. */
function whatIsSaid(random: Random, head: TicketHead): string {
  if (head.firstReplyAt === null) return pick(random, nudges);
  if (head.unanswered !== null) return pick(random, secondThoughts);
  if (head.category.value === 'feature') return pick(random, featureChases);
  if (head.category.value === 'bug') return pick(random, bugChases);
  // With one reply so far, the story's own answer has not been given yet.
  const isFirstAnswer = head.firstReplyAt === head.lastReplyAt;
  return (
    (isFirstAnswer ? findScenario(head.subject)?.answer : undefined) ?? pick(random, followUps)
  );
}

function peopleOf(customer: TicketHead['customer']) {
  return {
    organisation: customer.organisation,
    contact: customer.contact,
    greetAs: customer.contact,
    // Customers do not sign with the agent's name.
    agentName: 'Velhaven Support',
  };
}
