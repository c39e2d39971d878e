import { between, pick, randomFrom, wholeBetween } from '../../server/demo/random.ts';
import type { Random } from '../../server/demo/random.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { adoptPolicy } from '../../shared/policy/policy-change.ts';
import { settled } from '../../shared/policy/settle.ts';
import { severities } from '../../shared/policy/severity.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import { apply } from '../../shared/tickets/apply.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { channels } from '../../shared/tickets/fields.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { receiveMessage, submit } from '../../shared/tickets/intake.ts';
import { applyContext, policyVersion, uuid } from '../helpers/tickets.ts';

/** A Wednesday, 12:00 in Berlin; the holiday of that day's region lies in the reach of many a ticket. */
export const NOW = Date.parse('2026-11-18T11:00:00Z');
const PAGE = 1_000;
const REACH_MS = 9 * DAY_MS;

export const ZONE = 'Europe/Berlin';
export const HOLIDAYS = ['2026-10-03', '2026-11-11', '2026-11-20', '2026-12-25', '2026-12-26'];
const rules = { timeZone: ZONE, holidays: HOLIDAYS };
/** Only Medium became stricter, so about a tenth of the tickets got a step of C14. */
const formerHours = { critical: 2, high: 12, medium: 30, low: 48 };
const adoptedAt = NOW - DAY_MS;

const former = compilePolicy(policyVersion({ ...rules, targetHours: formerHours }));
export const slaPolicy: CompiledPolicy = compilePolicy({
  ...policyVersion(rules),
  version: 2,
  rules: 2,
  rulesAt: adoptedAt,
});

/**
 * Head rows as a desk makes them, by its own functions: every stage, severity and category, a tenth with severity
 * changes on the way, misses recorded, and steps of a policy that came into force a day ago. They come as a console
 * has them, from JSON, a page at a time.
 */
export function slaHeads(count: number): TicketHead[] {
  const random = randomFrom('sla');
  const heads: TicketHead[] = [];
  for (let start = 0; start < count; start += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, count - start) }, (_, index) =>
      ticketOf(random, start + index),
    );
    heads.push(...(JSON.parse(JSON.stringify(page)) as TicketHead[]));
  }
  return heads;
}

/** A change such as other people make all day, as the desk sends it. */
export function changed(random: Random, head: TicketHead): TicketHead {
  const ticket = new Story(random, head, NOW, Number.POSITIVE_INFINITY);
  const kind = random();
  if (kind < 0.3) ticket.does(setSeverity(pick(random, severities)));
  else if (kind < 0.55) ticket.does(reply);
  else if (kind < 0.8) ticket.customerWrites(null);
  else if (kind < 0.9) ticket.does({ kind: 'set-waiting' });
  else ticket.does({ kind: 'assign', assignee: `agent-${wholeBetween(random, 1, 9)}` });
  return JSON.parse(JSON.stringify(ticket.head)) as TicketHead;
}

function ticketOf(random: Random, index: number): TicketHead {
  const receivedAt = Math.floor(NOW - 5 * MINUTE_MS - random() ** 3 * REACH_MS);
  const asked = random() < 0.5 ? pick(random, severities) : null;
  const ticket = new Story(random, newTicket(random, index, receivedAt, asked), receivedAt);
  if (random() >= 0.2) tell(random, ticket);
  const isOld = receivedAt < adoptedAt;
  if (!isOld) return settled(ticket.head, slaPolicy, NOW);
  const adopted = adoptPolicy(
    settled(ticket.head, former, adoptedAt),
    former,
    slaPolicy,
    adoptedAt,
  );
  return settled(adopted.head, slaPolicy, NOW);
}

/** From triage to wherever it has come by now. */
function tell(random: Random, ticket: Story): void {
  ticket.does(setSeverity(pick(random, ['critical', 'high', 'medium', 'medium', 'low', 'low'])));
  const stage = random();
  if (random() < 0.4) ticket.does(setCategory(random() < 0.3 ? 'question' : 'uncategorised'));
  if (random() < 0.1) ticket.does(setSeverity(pick(random, severities)));
  if (random() < 0.1) ticket.customerWrites(pick(random, severities));
  if (stage < 0.35) return;
  if (stage < 0.4) return ticket.does(convert);
  ticket.does(reply);
  if (stage < 0.6) ticket.does(setCategory('bug'));
  if (stage < 0.5) ticket.does({ kind: 'set-waiting' });
  if (random() < 0.8) ticket.customerWrites(random() < 0.1 ? pick(random, severities) : null);
  if (random() < 0.1) ticket.does(setSeverity(pick(random, severities)));
  if (stage > 0.95) ticket.does({ kind: 'resolve' });
  else if (stage > 0.92) ticket.does({ kind: 'set-waiting' });
}

function newTicket(random: Random, index: number, receivedAt: number, asked: Severity | null) {
  const customer = wholeBetween(random, 1, 400);
  const submission = {
    id: uuid(index),
    reference: `VH-${20_000 + index}`,
    subject: `Mail pipe ${index} stops after the update`,
    text: 'No mail becomes a ticket since last night.',
    customer: {
      id: `customer-${customer}`,
      organisation: `Harbour Freight ${customer}`,
      contact: 'R. Haas',
      address: `r.haas.${customer}@example.com`,
      licence: pick(random, ['saas', 'own-server'] as const),
    },
    channel: pick(random, channels),
    teamId: `team-${wholeBetween(random, 1, 4)}`,
    asked,
    receivedAt,
  };
  return submit(submission, { version: 10 * index + 1, acceptedAt: receivedAt }).head;
}

/** One ticket through time: each step comes a while after the one before, and what would come too late does not. */
class Story {
  readonly #random: Random;
  readonly #untilAt: number;
  #at: number;
  head: TicketHead;

  constructor(random: Random, head: TicketHead, fromAt: number, untilAt = NOW) {
    this.#random = random;
    this.#untilAt = untilAt;
    this.head = head;
    this.#at = fromAt;
  }

  does(action: Action): void {
    const at = this.#next();
    if (at > this.#untilAt) return;
    const version = this.head.version + 1;
    const agentId = `agent-${wholeBetween(this.#random, 1, 9)}`;
    const applied = apply(this.head, action, applyContext(at, { version, agentId }));
    // What makes no sense on the ticket as it is was not done.
    if (applied.ok) this.head = applied.value.head;
  }

  customerWrites(asked: Severity | null): void {
    const at = this.#next();
    if (at > this.#untilAt) return;
    const message = { id: `${this.head.id}-${at}`, text: 'And now?', receivedAt: at, asked };
    const context = { version: this.head.version + 1, acceptedAt: at };
    this.head = receiveMessage(this.head, message, context).head;
  }

  #next(): number {
    this.#at += Math.floor(between(this.#random, MINUTE_MS, 10 * HOUR_MS));
    return this.#at;
  }
}

const reply: Action = { kind: 'reply', text: 'Thank you, we look into it.' };
const convert: Action = {
  kind: 'convert-to-feature',
  reason: 'it is one',
  message: 'We hand it on to product management.',
};

function setSeverity(severity: Severity): Action {
  return { kind: 'set-severity', severity, reason: 'what we see of it' };
}

function setCategory(category: TicketHead['category']['value']): Action {
  return { kind: 'set-category', category, reason: 'what we see of it' };
}
