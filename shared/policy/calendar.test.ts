import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policy, policyVersion } from '../../test/helpers/tickets.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../base/time.ts';
import { compileCalendar, countedBetween, dueAfter } from './calendar.ts';
import { buildDayTable } from './day-table.ts';

const at = (text: string) => Date.parse(text);

test('[C8] 24 h from Saturday noon skips Sunday', () => {
  const { calendar } = policy();
  expect(dueAfter(calendar, at('2026-11-21T12:00:00Z'), 24 * HOUR_MS)).toBe(
    at('2026-11-23T12:00:00Z'),
  );
});

test('[C8] a start on Sunday counts from Monday 00:00', () => {
  const { calendar } = policy();
  expect(dueAfter(calendar, at('2026-11-22T15:00:00Z'), 12 * HOUR_MS)).toBe(
    at('2026-11-23T12:00:00Z'),
  );
});

test('[C8] a target used up exactly at a close is due at that close', () => {
  const { calendar } = policy();
  expect(dueAfter(calendar, at('2026-11-21T00:00:00Z'), 24 * HOUR_MS)).toBe(
    at('2026-11-22T00:00:00Z'),
  );
});

test('[C8] a holiday on a Saturday moves the due over the weekend', () => {
  const { calendar } = policy({ holidays: ['2026-12-26'] });
  expect(dueAfter(calendar, at('2026-12-25T18:00:00Z'), 12 * HOUR_MS)).toBe(
    at('2026-12-28T06:00:00Z'),
  );
});

test('[C8] days of 23 and 25 hours count in real elapsed seconds', () => {
  // Berlin changes on Sundays, which do not count; Cairo changes at midnight on a Friday.
  const { calendar, days } = policy({ timeZone: 'Africa/Cairo' });
  const lengths = days.startsAt.slice(1).map((end, index) => end - (days.startsAt[index] ?? 0));
  expect(new Set(lengths)).toEqual(new Set([23 * HOUR_MS, 24 * HOUR_MS, 25 * HOUR_MS]));
  // Midnight of 2026-04-24 does not exist in Cairo: the day starts at 01:00 local, 22:00 UTC, and has 23 hours.
  const friday = at('2026-04-23T22:00:00Z');
  expect(days.startsAt).toContain(friday);
  expect(dueAfter(calendar, friday, 23 * HOUR_MS)).toBe(at('2026-04-24T21:00:00Z'));
});

test('[C15] a date that a zone skipped has length zero', () => {
  const days = buildDayTable(
    'Pacific/Apia',
    at('2011-12-27T00:00:00Z'),
    at('2012-01-02T00:00:00Z'),
  );
  const index = (at('2011-12-30T00:00:00Z') - at(`${days.firstDate}T00:00:00Z`)) / DAY_MS;
  expect(days.startsAt[index]).toBe(days.startsAt[index + 1]);
});

/** The oracle: minute by minute, asking Intl what day it is where the policy is kept. */
function dueByStepping(
  timeZone: string,
  holidays: readonly string[],
  startAt: number,
  targetMinutes: number,
): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const counts = (instant: number) => {
    const parts = Object.fromEntries(
      format.formatToParts(instant).map((part) => [part.type, part.value]),
    );
    const date = `${parts['year']}-${parts['month']}-${parts['day']}`;
    return parts['weekday'] !== 'Sun' && !holidays.includes(date);
  };
  let now = startAt;
  let left = targetMinutes;
  while (left > 0) {
    if (counts(now)) left -= 1;
    now += MINUTE_MS;
  }
  return now;
}

const zones = ['UTC', 'Europe/Berlin', 'Africa/Cairo', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
const compiled = new Map(zones.map((zone) => [zone, policyVersion({ timeZone: zone })]));

test('[C8] the closed form equals stepping through the minutes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: at('2025-02-01') / MINUTE_MS, max: at('2028-06-01') / MINUTE_MS }),
      fc.integer({ min: 1, max: 50 * 60 }),
      fc.integer({ min: 0, max: 4 }),
      (timeZone, startMinute, targetMinutes, holidayOffset) => {
        const startAt = startMinute * MINUTE_MS;
        const holiday = new Date(startAt + holidayOffset * DAY_MS).toISOString().slice(0, 10);
        const version = compiled.get(timeZone);
        if (version === undefined) throw new Error('zone not compiled');
        const calendar = compileCalendar(version.days, [holiday]);
        const due = dueAfter(calendar, startAt, targetMinutes * MINUTE_MS);
        expect(due).toBe(dueByStepping(timeZone, [holiday], startAt, targetMinutes));
        expect(countedBetween(calendar, startAt, due)).toBe(targetMinutes * MINUTE_MS);
      },
    ),
    { numRuns: 60 },
  );
});

test('[C8] beyond the table there is no due rather than a wrong one', () => {
  const { calendar } = policy();
  expect(dueAfter(calendar, at('2029-12-30T00:00:00Z'), 1_000 * HOUR_MS)).toBe(
    Number.POSITIVE_INFINITY,
  );
});
