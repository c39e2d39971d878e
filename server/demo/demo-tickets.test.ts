import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { clocks } from '../../shared/policy/clocks.ts';
import { countedOn } from '../../shared/policy/compiled-policy.ts';
import { flagsOf } from '../../shared/policy/flags.ts';
import { settle } from '../../shared/policy/settle.ts';
import { severities } from '../../shared/policy/severity.ts';
import { urgencyOf } from '../../shared/policy/urgency.ts';
import { entrySchema } from '../../shared/tickets/entry.ts';
import {
  categories,
  channels,
  closeReasons,
  isOpen,
  statuses,
} from '../../shared/tickets/fields.ts';
import { ticketHeadSchema } from '../../shared/tickets/head.ts';
import { policyForPast } from '../log-import/ticket-past.ts';
import type { ImportedTicket } from '../store/imported-ticket.ts';
import { demoAgents } from './demo-agents.ts';
import { demoTickets } from './demo-tickets.ts';
import { randomFrom } from './random.ts';

const wednesday = Date.parse('2026-11-25T09:30:00Z');
const agents = demoAgents();
const localId = agents[0].id;

function desk(nowMs = wednesday, count = 340, seed = 'demo') {
  return demoTickets({ nowMs, random: randomFrom(seed), count, agents });
}

function countBy<K extends string>(
  tickets: readonly ImportedTicket[],
  key: (t: ImportedTicket) => K,
) {
  const counts: Partial<Record<K, number>> = {};
  for (const ticket of tickets) counts[key(ticket)] = (counts[key(ticket)] ?? 0) + 1;
  return counts;
}

function openOf(tickets: readonly ImportedTicket[]) {
  return tickets.filter(({ head }) => isOpen(head.status.value));
}

test('holds every severity, category, channel, state and clock situation', () => {
  const tickets = desk();
  expect(tickets).toHaveLength(340);
  const policy = policyForPast(wednesday - 200 * DAY_MS, wednesday);
  const severityCounts = countBy(tickets, ({ head }) => head.severity.value);
  for (const each of severities) expect(severityCounts[each]).toBeGreaterThanOrEqual(8);
  const categoryCounts = countBy(tickets, ({ head }) => head.category.value);
  for (const each of categories) expect(categoryCounts[each]).toBeGreaterThanOrEqual(25);
  const channelCounts = countBy(tickets, ({ head }) => head.channel);
  for (const each of channels) expect(channelCounts[each]).toBeGreaterThanOrEqual(20);
  const statusCounts = countBy(tickets, ({ head }) => head.status.value);
  for (const each of statuses) expect(statusCounts[each]).toBeGreaterThanOrEqual(15);
  const states = new Set(
    tickets.flatMap(({ head }) =>
      clocks(head, policy).map((clock) => `${clock.id} ${clock.state}`),
    ),
  );
  for (const each of ['C1', 'C2', 'C3', 'C4', 'C5']) expect(states).toContain(`${each} running`);
  for (const each of ['C1 ended', 'C4 paused', 'C4 suspended', 'C3 stopped', 'C1 excused'])
    expect(states).toContain(each);
  const reasons = new Set(
    tickets.flatMap(({ entries }) =>
      entries.map(({ body }) => ('closeReason' in body ? body.closeReason : null)),
    ),
  );
  for (const each of closeReasons) expect(reasons).toContain(each);
  const flags = new Set(tickets.flatMap(({ head }) => flagsOf(head)));
  expect(flags).toContain('chat-needs-high-or-critical');
});

const hours = [0.02, 9.5, 13.2, 23.8];
const nows = [0, 1, 2, 3, 4, 5, 6].flatMap((day) =>
  hours.map((hour) => Date.parse('2026-11-23T00:00:00Z') + day * DAY_MS + hour * HOUR_MS),
);

test.each(nows.map((now) => [new Date(now).toUTCString(), now] as const))(
  'the queue tells its story at first look on %s',
  (_, nowMs) => {
    const tickets = desk(nowMs);
    const open = openOf(tickets);
    const policy = policyForPast(nowMs - 200 * DAY_MS, nowMs);
    const queue = open.map(({ head }) => ({ head, urgency: urgencyOf(head, policy, nowMs) }));
    const inBand = (band: string) => queue.filter(({ urgency }) => urgency.band === band);

    const critical = queue.filter(({ urgency }) => urgency.group === 'critical-now');
    const leftMinutes = critical
      .map(({ urgency }) => Math.round(((urgency.dueAt ?? 0) - nowMs) / MINUTE_MS))
      .toSorted((a, b) => a - b);
    expect(leftMinutes).toEqual([-7, 17, 41]);
    // A1: the one with 17 minutes left is the local agent's, and alerts 15 minutes before its due.
    expect(
      critical.find(
        ({ urgency }) =>
          (urgency.dueAt ?? 0) - nowMs < 20 * MINUTE_MS && (urgency.dueAt ?? 0) > nowMs,
      )?.head.assignee.value,
    ).toBe(localId);
    expect(
      queue.filter(
        ({ head, urgency }) =>
          !head.triaged.value && urgency.clock === 'C5' && urgency.severity === 'critical',
      ),
    ).toHaveLength(3);

    expect(inBand('overdue')).toHaveLength(7);
    for (const { urgency } of inBand('overdue'))
      expect(countedOn(policy, 'business', urgency.dueAt ?? 0, nowMs)).toBeLessThan(4 * HOUR_MS);
    expect(queue.filter(({ urgency }) => urgency.updateLate)).toHaveLength(2);
    // C8: on a Sunday hardly anything but Critical falls due within the hours that count as at risk.
    const isSunday = new Date(nowMs).getUTCDay() === 0;
    expect(inBand('at-risk').length).toBeGreaterThanOrEqual(isSunday ? 4 : 12);
    expect(inBand('at-risk').length).toBeLessThanOrEqual(20);
    const onTrack = inBand('on-track');
    expect(onTrack.length).toBeGreaterThanOrEqual(70);
    // Spread over the next counted hours: some in each six of the first 48.
    const sixths = new Set(
      onTrack.map(({ urgency }) =>
        Math.floor(countedOn(policy, 'business', nowMs, urgency.dueAt ?? 0) / (6 * HOUR_MS)),
      ),
    );
    for (let sixth = isSunday ? 1 : 0; sixth < 8; sixth += 1) expect(sixths).toContain(sixth);

    expect(
      inBand('no-clock').filter(({ head }) => head.category.value === 'feature').length,
    ).toBeGreaterThanOrEqual(12);
    expect(open.filter(({ head }) => head.status.value === 'waiting').length).toBeGreaterThan(12);
    const mine = open.filter(({ head }) => head.assignee.value === localId).length;
    expect(mine).toBeGreaterThanOrEqual(17);
    expect(mine).toBeLessThanOrEqual(23);
    const nobodys = open.filter(({ head }) => head.assignee.value === null).length;
    expect(nobodys).toBeGreaterThanOrEqual(22);
    expect(nobodys).toBeLessThanOrEqual(28);

    const dayMs = Math.max(nowMs % DAY_MS, 20 * MINUTE_MS);
    const resolvedToday = tickets.filter(
      ({ head }) => head.status.value === 'resolved' && head.status.at >= nowMs - dayMs,
    );
    expect(resolvedToday.length).toBeGreaterThanOrEqual(12);
  },
);

test.each(['a', 'b', 'c'])(
  'heads and entries are whole, in order and in the past (seed %s)',
  (seed) => {
    const tickets = desk(wednesday, 340, seed);
    const policy = policyForPast(wednesday - 200 * DAY_MS, wednesday);
    for (const { head, entries } of tickets) {
      ticketHeadSchema.parse(head);
      expect(head.version).toBe(0);
      expect(head.reference).toMatch(/^VH-\d{5}$/);
      // C11: what is missed by now is recorded.
      expect(settle(head, policy, wednesday)).toEqual([]);
      let before = head.submittedAt;
      for (const entry of entries) {
        entrySchema.parse(entry);
        expect(entry).toMatchObject({ version: 0, ticketId: head.id });
        expect(entry.acceptedAt).toBeGreaterThanOrEqual(before);
        expect(entry.acceptedAt).toBeLessThan(wednesday);
        before = entry.acceptedAt;
      }
    }
    const unique = (values: readonly string[]) => new Set(values).size === values.length;
    expect(unique(tickets.map(({ head }) => head.id))).toBe(true);
    expect(unique(tickets.map(({ head }) => head.reference))).toBe(true);
    expect(unique(tickets.flatMap(({ entries }) => entries.map(({ id }) => id)))).toBe(true);
    const submitted = tickets.map(({ head }) => head.submittedAt);
    expect(submitted).toEqual(submitted.toSorted((a, b) => a - b));
  },
);

test('no two look copied: subjects and first messages differ', () => {
  const tickets = desk();
  expect(new Set(tickets.map(({ head }) => head.subject)).size).toBeGreaterThan(270);
  const openings = tickets.map(({ entries }) => JSON.stringify(entries[0]?.body));
  expect(new Set(openings).size).toBeGreaterThan(325);
});

test('some are missed, most are not', () => {
  const missed = desk().filter(({ head }) => head.misses.length > 0).length;
  expect(missed).toBeGreaterThan(10);
  expect(missed).toBeLessThan(70);
});

test('the same seed gives the same desk, another one another', () => {
  expect(desk(wednesday, 340, 'x')).toEqual(desk(wednesday, 340, 'x'));
  expect(desk(wednesday, 340, 'x')).not.toEqual(desk(wednesday, 340, 'y'));
});

test('a small count keeps the first look', () => {
  const open = openOf(desk(wednesday, 12));
  expect(open).toHaveLength(12);
  expect(open.filter(({ head }) => head.severity.value === 'critical').length).toBeGreaterThan(3);
});

test('the bench corpus is open, with six entries of 600 characters on average', () => {
  const count = 2_000;
  const tickets = demoTickets({
    nowMs: wednesday,
    random: randomFrom('bench'),
    count,
    agents,
    corpus: 'bench',
    entriesPerTicket: 6,
  });
  expect(openOf(tickets)).toHaveLength(count);
  const entries = tickets.flatMap((ticket) => ticket.entries);
  expect(entries.length / count).toBeCloseTo(6, 0);
  const characters = entries.reduce(
    (sum, { body }) => sum + ('text' in body ? body.text.length : 0),
    0,
  );
  expect(characters / entries.length).toBeGreaterThan(540);
  expect(characters / entries.length).toBeLessThan(660);
  const policy = policyForPast(wednesday - 200 * DAY_MS, wednesday);
  const bands = countBy(tickets, ({ head }) => urgencyOf(head, policy, wednesday).band);
  expect(Object.keys(bands).toSorted()).toEqual(['at-risk', 'no-clock', 'on-track', 'overdue']);
});
