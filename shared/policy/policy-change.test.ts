import { expect, test } from 'vitest';
import { close, reply, severity, story } from '../../test/helpers/story.ts';

/** C14 and C15. 2026-11-18 is a Wednesday. */

const shorter = { targetHours: { critical: 1, high: 4, medium: 8, low: 16 } };

test('[C14] a new version refolds what runs, and the log names what moved', () => {
  const told = story('2026-11-18 10:00').adopts('2026-11-18 12:00', shorter);
  expect(told.due('C1')).toBe('2026-11-19 02:00');
  expect(told.moves()).toEqual([
    {
      clock: 'C1',
      severity: 'low',
      fromAt: Date.parse('2026-11-20T10:00:00Z'),
      toAt: Date.parse('2026-11-19T02:00:00Z'),
    },
  ]);
  expect(told.head().policySteps).toEqual([]);
});

test('[C14] where that would be before the change, it is due at the change', () => {
  const told = story('2026-11-18 10:00').adopts('2026-11-19 09:00', shorter);
  expect(told.due('C1')).toBe('2026-11-19 09:00');
  expect(told.why('C1').at(-1)).toBe(
    'New support rules came into force 2026-11-19 09:00; by them it would have been due earlier, so it was due at that moment.',
  );
});

test('[C14] what was past already stays, and a step says so', () => {
  const told = story('2026-11-18 10:00').adopts('2026-11-21 09:00', shorter);
  expect(told.due('C1')).toBe('2026-11-20 10:00');
  expect(told.moves()).toEqual([]);
  expect(told.why('C1')).toContain(
    'New support rules came into force 2026-11-21 09:00; it was past due already, and stays due 2026-11-20 10:00.',
  );
});

test('[C14] the next version replaces it', () => {
  const told = story('2026-11-18 10:00')
    .adopts('2026-11-19 09:00', shorter)
    .adopts('2026-11-19 12:00', { targetHours: { critical: 2, high: 12, medium: 24, low: 60 } });
  expect(told.due('C1')).toBe('2026-11-20 22:00');
  // The miss of the moment stays on record (C11).
  expect(told.clock('C1').missedDueAt).toBe(Date.parse('2026-11-19T09:00:00Z'));
});

test('[C10] [C14] later severity changes fold on from there', () => {
  const told = story('2026-11-18 10:00')
    .adopts('2026-11-19 09:00', shorter)
    .does('2026-11-19 10:00', severity('high'));
  expect(told.due('C1')).toBe('2026-11-19 09:00');
  expect(
    story('2026-11-18 10:00')
      .adopts('2026-11-18 12:00', shorter)
      .does('2026-11-18 13:00', severity('high'))
      .due('C1'),
  ).toBe('2026-11-18 17:00');
});

test('[C13] [C14] what new rules used up while C4 stood still is due when it goes on', () => {
  const told = story('2026-11-16 10:00')
    .does('2026-11-16 10:00', reply)
    .does('2026-11-16 10:00', { kind: 'set-category', category: 'bug', reason: 'as seen' })
    .does('2026-11-18 10:00', { kind: 'set-waiting' })
    .adopts('2026-11-18 12:00', { progressUpdateDays: 1 });
  expect([told.state('C4'), told.moves()]).toEqual(['paused', []]);
  told.writes('2026-11-19 10:00');
  expect(told.due('C4')).toBe('2026-11-19 10:00');
});

test('[C2] [C14] a clock that a version switches on is due at the change at the earliest', () => {
  const told = story('2026-11-18 10:00', { rules: { firstContactHours: null } }).adopts(
    '2026-11-20 09:00',
    { firstContactHours: 24 },
  );
  expect(told.due('C2')).toBe('2026-11-20 09:00');
});

test('[C14] what has ended, or was excused, is left alone', () => {
  const told = story('2026-11-18 10:00').does('2026-11-18 11:00', reply);
  const closed = story('2026-11-18 10:00').does('2026-11-18 11:00', close);
  for (const each of [told, closed]) {
    const before = each.head();
    each.adopts('2026-11-21 09:00', shorter);
    expect(each.moves()).toEqual([]);
    expect(each.head()).toEqual({ ...before, version: before.version + 1 });
  }
});

test('[C15] another zone moves the days, and with them the dues', () => {
  // Sunday begins in Kolkata on Saturday 18:30 UTC.
  const told = story('2026-11-21 12:00').adopts('2026-11-21 12:30', { timeZone: 'Asia/Kolkata' });
  expect(told.due('C2')).toBe('2026-11-23 12:00');
  expect(story('2026-11-21 20:00', { rules: { timeZone: 'Asia/Kolkata' } }).due('C2')).toBe(
    '2026-11-23 18:30',
  );
});
