import { expect, test } from 'vitest';
import { applyContext, command, policy, ticket, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../base/time.ts';
import { apply } from '../tickets/apply.ts';
import type { Action } from '../tickets/command.ts';
import type { TicketHead } from '../tickets/head.ts';
import type { ClockId } from './clock-id.ts';
import { receiveMessage } from '../tickets/intake.ts';
import type { TicketClock } from './clock.ts';
import { clocks } from './clocks.ts';
import { settled } from './settle.ts';

const standard = policy();

function does(head: TicketHead, at: number, action: Action): TicketHead {
  const result = apply(head, action, applyContext(at, { commandId: command(action).id }));
  if (!result.ok) throw new Error(result.error.message);
  return result.value.head;
}

function clock(head: TicketHead, id: ClockId, policyInForce = standard): TicketClock {
  const found = clocks(head, policyInForce).find((each) => each.id === id);
  if (found === undefined) throw new Error(`no clock ${id}`);
  return found;
}

const severity = (value: 'critical' | 'high' | 'medium' | 'low'): Action => ({
  kind: 'set-severity',
  severity: value,
  reason: null,
});
const reply: Action = { kind: 'reply', text: 'Thank you, we look into it.' };
const bug: Action = { kind: 'set-category', category: 'bug', reason: 'seen by three customers' };
const feature: Action = { kind: 'set-category', category: 'feature', reason: 'it is one' };

test('[C1] a Low ticket is due 48 counted hours after submission', () => {
  expect(clock(ticket(), 'C1').dueAt).toBe(WEDNESDAY_10 + 48 * HOUR_MS);
});

test('[C1] [C6] the first public reply ends it, at exactly the due it is met', () => {
  const dueAt = WEDNESDAY_10 + 48 * HOUR_MS;
  const answered = does(settled(ticket(), standard, dueAt), dueAt, reply);
  expect(clock(answered, 'C1')).toMatchObject({
    state: 'ended',
    endedAt: dueAt,
    missedDueAt: null,
  });
});

test('[C2] first contact is owed within 24 counted hours, but not to a question', () => {
  expect(clock(ticket(), 'C2').dueAt).toBe(WEDNESDAY_10 + 24 * HOUR_MS);
  const question = does(ticket(), WEDNESDAY_10, {
    kind: 'set-category',
    category: 'question',
    reason: null,
  });
  expect(clocks(question, standard).some((each) => each.id === 'C2')).toBe(false);
});

test('[C3] counts from the oldest unanswered message, also when more follow', () => {
  const answered = does(ticket(), WEDNESDAY_10 + HOUR_MS, reply);
  const first = receiveMessage(
    answered,
    { id: 'm1', text: 'And now?', receivedAt: WEDNESDAY_10 + 2 * HOUR_MS },
    { version: 3, acceptedAt: WEDNESDAY_10 + 2 * HOUR_MS },
  ).head;
  const second = receiveMessage(
    first,
    { id: 'm2', text: 'Hello?', receivedAt: WEDNESDAY_10 + 5 * HOUR_MS },
    { version: 4, acceptedAt: WEDNESDAY_10 + 5 * HOUR_MS },
  ).head;
  expect(clock(second, 'C3').fromAt).toBe(WEDNESDAY_10 + 2 * HOUR_MS);
  const over = does(second, WEDNESDAY_10 + 6 * HOUR_MS, reply);
  expect(clocks(over, standard).some((each) => each.id === 'C3')).toBe(false);
});

test('[C4] a certified bug owes an update every 3 business days; waiting keeps the counted time', () => {
  const certified = does(does(ticket(), WEDNESDAY_10, reply), WEDNESDAY_10, bug);
  // Wednesday 10:00 + 72 counted hours, Sunday left out.
  expect(clock(certified, 'C4').dueAt).toBe(WEDNESDAY_10 + 3 * DAY_MS);
  const waiting = does(certified, WEDNESDAY_10 + 10 * HOUR_MS, { kind: 'set-waiting' });
  expect(clock(waiting, 'C4')).toMatchObject({
    state: 'paused',
    dueAt: null,
    usedMs: 10 * HOUR_MS,
  });
  const again = receiveMessage(
    waiting,
    { id: 'm1', text: 'Here is the log.', receivedAt: WEDNESDAY_10 + 30 * HOUR_MS },
    { version: 9, acceptedAt: WEDNESDAY_10 + 30 * HOUR_MS },
  ).head;
  // 62 counted hours left from Thursday 16:00: Sunday 00:00 comes after 56 of them.
  expect(clock(again, 'C4').dueAt).toBe(Date.parse('2026-11-23T06:00:00Z'));
});

test('[C5] an asked-for Critical is to be triaged within 2 h around the clock; its key ends it', () => {
  const sunday = Date.parse('2026-11-22T09:00:00Z');
  const asked = ticket({ askedFor: 'critical', receivedAt: sunday });
  expect(clock(asked, 'C5')).toMatchObject({ dueAt: sunday + 2 * HOUR_MS, severity: 'critical' });
  expect(clock(asked, 'C1').dueAt).toBe(Date.parse('2026-11-25T00:00:00Z'));
  const confirmed = does(asked, sunday + HOUR_MS, {
    kind: 'set-severity',
    severity: 'low',
    reason: 'one user only',
  });
  expect(clock(confirmed, 'C5')).toMatchObject({ state: 'ended' });
});

test('[C10] raised before the due: from the change at the latest, never before it', () => {
  const raised = does(ticket(), WEDNESDAY_10 + 10 * HOUR_MS, severity('critical'));
  expect(clock(raised, 'C1').dueAt).toBe(WEDNESDAY_10 + 12 * HOUR_MS);
});

test('[C10] raised to what the customer had asked for: from submission, by reclassification', () => {
  const raised = does(
    ticket({ askedFor: 'critical' }),
    WEDNESDAY_10 + 3 * HOUR_MS,
    severity('critical'),
  );
  expect(clock(raised, 'C1').dueAt).toBe(WEDNESDAY_10 + 3 * HOUR_MS);
});

test('[C10] a due already past stays on a raise; a lowered one moves out', () => {
  const dueAt = WEDNESDAY_10 + 48 * HOUR_MS;
  expect(clock(does(ticket(), dueAt + 1, severity('critical')), 'C1').dueAt).toBe(dueAt);
  const high = does(ticket(), WEDNESDAY_10, severity('high'));
  const lowered = does(high, WEDNESDAY_10 + HOUR_MS, severity('low'));
  expect(clock(lowered, 'C1').dueAt).toBe(dueAt);
});

test('[C10] down and up again gains no time', () => {
  const high = does(ticket(), WEDNESDAY_10 + MINUTE_MS, severity('high'));
  const before = clock(high, 'C1').dueAt;
  const down = does(high, WEDNESDAY_10 + HOUR_MS, severity('low'));
  const up = does(down, WEDNESDAY_10 + 5 * HOUR_MS, severity('high'));
  expect(clock(up, 'C1').dueAt).toBe(before);
});

test('[C6] [C10] what comes before what goes by order, not by instants', () => {
  // Answered and raised in one millisecond, in this order: C1 ended as Low.
  const raised = does(does(ticket(), WEDNESDAY_10, reply), WEDNESDAY_10, severity('critical'));
  expect(clock(raised, 'C1')).toMatchObject({ severity: 'low', state: 'ended' });
  // Received before the raise, accepted after it: the message finds a Critical ticket.
  const receivedAt = WEDNESDAY_10 - HOUR_MS;
  const { head } = receiveMessage(
    raised,
    { id: 'm1', text: 'And now?', receivedAt },
    { version: 5, acceptedAt: WEDNESDAY_10 + MINUTE_MS },
  );
  expect(clock(head, 'C3')).toMatchObject({
    severity: 'critical',
    dueAt: receivedAt + 2 * HOUR_MS,
  });
});

test('[C10] from-origin reckons anew from the origin', () => {
  const fromOrigin = policy({ onSeverityChange: 'from-origin' });
  const raised = does(ticket(), WEDNESDAY_10 + 10 * HOUR_MS, severity('high'));
  expect(clock(raised, 'C1', fromOrigin).dueAt).toBe(WEDNESDAY_10 + 12 * HOUR_MS);
});

test('[C11] one miss for each run, kept when the clock ends late', () => {
  const dueAt = WEDNESDAY_10 + 48 * HOUR_MS;
  const missed = settled(ticket(), standard, dueAt + 1);
  expect(missed.misses.map((miss) => miss.clock)).toEqual(['C1', 'C2']);
  expect(settled(missed, standard, dueAt + DAY_MS).misses).toHaveLength(2);
  const late = does(missed, dueAt + HOUR_MS, reply);
  expect(clock(late, 'C1')).toMatchObject({ state: 'ended', missedDueAt: dueAt });
  expect(late.misses.every((miss) => miss.endedAt === dueAt + HOUR_MS)).toBe(true);
});

test('[C12] a feature request has no response SLA; back, its clocks are as before', () => {
  const asked = ticket({ askedFor: 'high' });
  const made = does(asked, WEDNESDAY_10 + HOUR_MS, feature);
  expect(clocks(made, standard).every((each) => each.state === 'stopped')).toBe(true);
  const back = does(made, WEDNESDAY_10 + 2 * HOUR_MS, {
    kind: 'set-category',
    category: 'uncategorised',
    reason: null,
  });
  expect(clocks(back, standard)).toEqual(clocks(asked, standard));
});

test('[C13] resolving suspends, the customer reopens with the old due', () => {
  const resolved = does(ticket(), WEDNESDAY_10 + HOUR_MS, { kind: 'resolve' });
  expect(clock(resolved, 'C1').state).toBe('suspended');
  const reopened = receiveMessage(
    resolved,
    { id: 'm1', text: 'It is not.', receivedAt: WEDNESDAY_10 + DAY_MS },
    { version: 3, acceptedAt: WEDNESDAY_10 + DAY_MS },
  ).head;
  expect(clock(reopened, 'C1')).toMatchObject({
    state: 'running',
    dueAt: WEDNESDAY_10 + 48 * HOUR_MS,
  });
});

test('[C13] closing excuses; a message to a ticket never answered starts C1 from itself', () => {
  const closed = does(ticket(), WEDNESDAY_10 + HOUR_MS, {
    kind: 'close',
    reason: 'spam',
    text: '',
  });
  expect(clock(closed, 'C1').state).toBe('excused');
  const reopened = receiveMessage(
    closed,
    { id: 'm1', text: 'I am no spam.', receivedAt: WEDNESDAY_10 + DAY_MS },
    { version: 3, acceptedAt: WEDNESDAY_10 + DAY_MS },
  ).head;
  expect(clock(reopened, 'C1').fromAt).toBe(WEDNESDAY_10 + DAY_MS);
});
