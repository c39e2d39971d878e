import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/base/time.ts';
import { buildDayTable } from '../../shared/policy/day-table.ts';
import { keepDays } from './keep-days.ts';

const at = (text: string) => Date.parse(text);

test('[C15] a renewal reaches further and keeps every day that was there', () => {
  const before = buildDayTable('Europe/Rome', at('2026-01-01'), at('2026-12-31'));
  const renewed = buildDayTable('Europe/Rome', at('2025-06-01'), at('2028-01-01'));
  expect(keepDays(before, renewed)).toEqual(renewed);
});

test('[C14, C15] newer time-zone data does not move days that dues were counted by', () => {
  const real = buildDayTable('Europe/Rome', at('2026-01-01'), at('2026-12-31'));
  // As if this desk had not known of summer time.
  const before = { ...real, startsAt: real.startsAt.map((start) => start + HOUR_MS) };
  const renewed = buildDayTable('Europe/Rome', at('2025-12-01'), at('2027-12-31'));
  const kept = keepDays(before, renewed);
  const first = (before.startsAt[0] ?? 0) - (kept.startsAt[0] ?? 0);
  expect(Math.round(first / DAY_MS)).toBe(31);
  expect(kept.startsAt.slice(31, 31 + before.startsAt.length)).toEqual(before.startsAt);
  expect(kept.startsAt.slice(0, 31)).toEqual(renewed.startsAt.slice(0, 31));
  expect(kept.startsAt.length).toBe(renewed.startsAt.length);
  expect(kept.startsAt).toEqual(kept.startsAt.toSorted((a, b) => a - b));
});

test('[C15] a table that begins later drops what lies before it', () => {
  const before = buildDayTable('UTC', at('2020-01-01'), at('2026-12-31'));
  const renewed = buildDayTable('UTC', at('2024-01-01'), at('2029-12-31'));
  expect(keepDays(before, renewed)).toEqual(renewed);
});
