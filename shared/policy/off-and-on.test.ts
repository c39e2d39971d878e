import { expect, test } from 'vitest';
import {
  bug,
  category,
  close,
  convert,
  feature,
  reply,
  severity,
  story,
} from '../../test/helpers/story.ts';
import type { Action } from '../tickets/command.ts';

/** What stops, suspends, pauses and ends clocks, and what takes them up again: C3, C4, C11, C12, C13. */

const resolve: Action = { kind: 'resolve' };
const reopen: Action = { kind: 'reopen' };
const wait: Action = { kind: 'set-waiting' };
const noReplyNeeded: Action = { kind: 'no-reply-needed', text: 'a thank-you' };

const answered = () => story('2026-11-18 10:00').does('2026-11-18 11:00', reply);

test('[C3] from the oldest unanswered message, counted from when it was received', () => {
  const told = answered()
    .writes('2026-11-18 13:00', { received: '2026-11-18 12:00' })
    .writes('2026-11-18 15:00');
  expect(told.due('C3')).toBe('2026-11-20 12:00');
  expect(told.does('2026-11-18 16:00', reply).state('C3')).toBeNull();
});

test('[C3] [C6] received before the reply but accepted after it, a message is unanswered', () => {
  const told = answered().writes('2026-11-18 11:05', { received: '2026-11-18 09:00' });
  expect(told.due('C3')).toBe('2026-11-20 09:00');
});

test('[C3] "no reply needed" ends it, and undone it has its old due', () => {
  const told = answered().writes('2026-11-18 12:00').does('2026-11-18 13:00', noReplyNeeded);
  expect(told.state('C3')).toBeNull();
  told.does('2026-11-19 09:00', { kind: 'reply-needed' });
  expect(told.due('C3')).toBe('2026-11-20 12:00');
});

test('[C4] news every 3 business days; overdue before a wait, it stays overdue after it', () => {
  const told = answered().does('2026-11-18 12:00', bug);
  expect(told.due('C4')).toBe('2026-11-21 12:00');
  told.does('2026-11-21 13:00', wait);
  expect(told.state('C4')).toBe('paused');
  told.writes('2026-11-24 12:00');
  expect(told.due('C4')).toBe('2026-11-21 12:00');
  // Each public reply starts it anew.
  told.does('2026-11-24 13:00', reply);
  expect(told.due('C4')).toBe('2026-11-27 13:00');
});

test('[C4] [C6] certified in the millisecond of the last reply, it counts from the certification', () => {
  const told = answered()
    .does('2026-11-18 12:00', reply)
    .does('2026-11-18 12:00', close)
    .writes('2026-11-18 12:00')
    .does('2026-11-18 12:00', bug);
  expect(told.state('C4')).toBe('running');
});

test('[C11] a run has one miss, with lateness by wall and by counted time', () => {
  // Saturday 12:00; Sunday does not count.
  const told = story('2026-11-19 12:00')
    .ticks('2026-11-21 12:00')
    .ticks('2026-11-21 12:00:00.001')
    .ticks('2026-11-23 01:00')
    .does('2026-11-23 02:00', reply);
  const hour = 3_600_000;
  expect(told.head().misses).toMatchObject([
    { clock: 'C2', late: { wallMs: 62 * hour, countedMs: 38 * hour } },
    { clock: 'C1', late: { wallMs: 38 * hour, countedMs: 14 * hour } },
  ]);
});

test('[C11] [C12] a miss ends where its clock is stopped, and goes on where it is taken up', () => {
  const told = story('2026-11-18 10:00').ticks('2026-11-20 12:00');
  told.does('2026-11-20 13:00', feature);
  expect(told.head().misses.map((miss) => miss.late?.wallMs)).toEqual([3, 27].map(hours));
  told.does('2026-11-20 14:00', category('uncategorised'));
  expect(told.head().misses.map((miss) => miss.endedAt)).toEqual([null, null]);
  // A question owes no first contact, whatever is taken up otherwise.
  told.does('2026-11-20 15:00', category('question')).does('2026-11-20 15:00', close);
  told.does('2026-11-20 16:00', reopen);
  expect(told.head().misses.map((miss) => miss.late?.wallMs ?? null)).toEqual([null, hours(29)]);
});

test('[C12] by category only: clocks stop, the severity stays, and back they have their old dues', () => {
  const told = story('2026-11-18 10:00', { askedFor: 'medium' })
    .does('2026-11-18 11:00', severity('medium'))
    .does('2026-11-18 12:00', feature);
  expect([told.state('C1'), told.state('C2')]).toEqual(['stopped', 'stopped']);
  expect(told.why('C1').at(-1)).toBe(
    'A feature request since 2026-11-18 12:00 by Mira Okonjo: there is no time limit for an answer.',
  );
  told.does('2026-11-20 12:00', category('uncategorised'));
  expect(told.head().severity.value).toBe('medium');
  // It passed meanwhile and keeps its instant; missed it is only from now on.
  expect(told.due('C1')).toBe('2026-11-19 10:00');
  expect(told.head().misses.map((miss) => miss.clock)).toEqual(['C1', 'C2']);
});

test('[C12] a reply given to a feature request counts when it is none after all', () => {
  const told = story('2026-11-18 10:00')
    .does('2026-11-18 11:00', feature)
    .does('2026-11-19 09:00', reply)
    .does('2026-11-25 09:00', category('bug'));
  expect(told.clock('C1')).toMatchObject({ state: 'ended', missedDueAt: null });
});

test('[C12] undone, a conversion never lowered it: category, severity and dues are as they were', () => {
  const told = answered()
    .does('2026-11-18 12:00', severity('high'))
    .does('2026-11-18 13:00', convert);
  told.writes('2026-11-18 14:00');
  expect(told.state('C3')).toBe('stopped');
  const conversionId = told.head().conversion?.id ?? '';
  told.does('2026-11-18 15:00', { kind: 'undo-conversion', conversionId });
  expect(told.head()).toMatchObject({
    category: { value: 'uncategorised' },
    severity: { value: 'high' },
  });
  expect(told.due('C3')).toBe('2026-11-19 02:00');
});

test('[C12] a server-fault mark made while converted does not keep its clocks at Low', () => {
  const told = answered()
    .does('2026-11-18 12:00', severity('high'))
    .does('2026-11-18 13:00', convert);
  const conversionId = told.head().conversion?.id ?? '';
  told
    .does('2026-11-18 14:00', { kind: 'set-server-fault', serverFault: true })
    .does('2026-11-18 15:00', { kind: 'undo-conversion', conversionId })
    .writes('2026-11-18 16:00');
  expect(told.head().severity.value).toBe('high');
  expect(told.clock('C3').severity).toBe('high');
});

test('[C13] waiting pauses C4 only', () => {
  const told = story('2026-11-18 10:00')
    .does('2026-11-18 11:00', bug)
    .does('2026-11-18 12:00', wait);
  expect([told.state('C1'), told.state('C2'), told.state('C4')]).toEqual([
    'running',
    'running',
    'paused',
  ]);
  expect(told.why('C4').at(-1)).toBe(
    'Waiting since 2026-11-18 12:00: the count stands still, and what was used is kept.',
  );
});

test('[C13] resolved and reopened by an agent: every clock has its old due, C4 its counted time', () => {
  const told = answered()
    .does('2026-11-18 12:00', bug)
    .writes('2026-11-18 13:00')
    .does('2026-11-18 14:00', resolve);
  expect([told.state('C3'), told.state('C4')]).toEqual(['suspended', 'suspended']);
  told.does('2026-11-19 14:00', reopen);
  expect(told.due('C3')).toBe('2026-11-20 13:00');
  // Two of 72 hours were used; Sunday does not count.
  expect(told.due('C4')).toBe('2026-11-23 12:00');
});

test('[C13] answered and resolved, the customer’s message starts C3 from itself', () => {
  const told = answered().does('2026-11-18 12:00', resolve).writes('2026-11-20 09:00');
  expect(told.due('C3')).toBe('2026-11-23 09:00');
});

test('[C13] never answered and resolved, the customer takes C1 up with its old due', () => {
  const told = story('2026-11-18 10:00').does('2026-11-18 12:00', resolve);
  told.ticks('2026-11-21 00:00');
  expect(told.head().misses).toEqual([]);
  told.writes('2026-11-21 09:00').ticks('2026-11-21 09:00:00.001');
  expect(told.due('C1')).toBe('2026-11-20 10:00');
  expect(told.head().misses.map((miss) => miss.clock)).toEqual(['C1', 'C2']);
});

test('[C13] closed and reopened by an agent: nothing is gained by it', () => {
  const told = answered().writes('2026-11-18 12:00').does('2026-11-18 13:00', close);
  expect(told.state('C3')).toBeNull();
  told.does('2026-11-19 13:00', reopen);
  expect(told.due('C3')).toBe('2026-11-20 12:00');
});

test('[C13] closed, the customer starts C3 from the message, and what was excused stays so', () => {
  const told = answered()
    .does('2026-11-18 12:00', bug)
    .writes('2026-11-18 12:30')
    .does('2026-11-18 13:00', close)
    .writes('2026-11-25 08:00');
  expect(told.due('C3')).toBe('2026-11-27 08:00');
  expect(told.state('C4')).toBe('excused');
});

test('[C13] closed without ever being answered, the customer starts C1 anew', () => {
  const told = story('2026-11-18 10:00', { askedFor: 'high' })
    .does('2026-11-18 12:00', { kind: 'close', reason: 'spam', text: '' })
    .writes('2026-11-25 08:00');
  expect(told.due('C1')).toBe('2026-11-27 08:00');
  expect(told.why('C1')[0]).toContain(
    'wrote again 2026-11-25 08:00 after it was closed unanswered',
  );
  expect([told.state('C2'), told.state('C5')]).toEqual(['excused', null]);
  // Excused it stays, also when the answer comes; and a new ask wants a new look.
  told.writes('2026-11-25 09:00', { asked: 'critical' }).does('2026-11-25 09:30', reply);
  expect([told.state('C1'), told.state('C2')]).toEqual(['ended', 'excused']);
  expect(told.due('C5')).toBe('2026-11-25 11:00');
});

test('[C3] [C13] answered on the closed ticket, the message is not open again with it', () => {
  const told = answered()
    .writes('2026-11-18 12:00')
    .does('2026-11-18 13:00', close)
    .does('2026-11-18 14:00', reply)
    .does('2026-11-18 15:00', reopen);
  expect(told.state('C3')).toBeNull();
});

function hours(count: number): number {
  return count * 3_600_000;
}
