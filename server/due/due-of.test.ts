import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/base/time.ts';
import { dueCalculator } from './due-of.ts';
import { FIRST_START, LAST_START } from './question.ts';
import type { DueQuestion } from './question.ts';

const dueOf = dueCalculator();
const ask = (change: Partial<DueQuestion>): number => {
  const question: DueQuestion = {
    zone: 'UTC',
    start: 0,
    hours: 24,
    holidays: [],
    calendar: 'business',
  };
  const due = dueOf({ ...question, ...change });
  if (!due.ok) throw new Error(due.error);
  return due.value;
};

/** Asks what date it is there, instant by instant: knows nothing of tables. */
const formats = new Map<string, Intl.DateTimeFormat>();
function dateThere(zone: string, at: number): string {
  const options = { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-CA', options);
  formats.set(zone, format);
  return format.format(at);
}

const later = (a: string, b: string) => (a > b ? a : b);

function dueByStepping({ zone, start, hours, holidays }: DueQuestion): number {
  const stepMs = 5 * 60_000;
  let leftMs = Math.round(hours * HOUR_MS);
  // A day goes from the first instant of its date to the first of the next: where the clock is set back over midnight
  // (St John's, at 00:01), what then shows the old date again is in the new day already.
  let date = '';
  for (let at = start - 3 * HOUR_MS; at < start; at += stepMs)
    date = later(date, dateThere(zone, at));
  for (let at = start; ; at += stepMs) {
    date = later(date, dateThere(zone, at));
    const counts = new Date(`${date}T00:00:00Z`).getUTCDay() !== 0 && !holidays.includes(date);
    if (!counts) continue;
    if (leftMs <= stepMs) return at + leftMs;
    leftMs -= stepMs;
  }
}

test.each([
  ['Africa/Cairo', '2023-04-20', '2024-11-05'],
  ['Asia/Beirut', '2010-03-20', '2012-11-05'],
  ['America/Sao_Paulo', '2005-10-01', '2018-11-10'],
  ['Australia/Lord_Howe', '2020-03-28', '2021-10-10'],
  ['Pacific/Apia', '2011-12-20', '2012-01-10'],
  ['America/St_Johns', '2004-10-25', '2006-11-05'],
  ['Antarctica/Troll', '2015-03-20', '2016-11-05'],
  ['Asia/Kathmandu', '1985-12-20', '1986-01-10'],
  ['Asia/Gaza', '2023-04-20', '2024-11-05'],
  ['Europe/Berlin', '2026-10-20', '2026-11-05'],
])('[C8] %s: the due is that of stepping through it, from %s to %s', (zone, from, until) => {
  const [first, last] = [Date.parse(from), Date.parse(until)];
  const minutes = fc.integer({ min: first / 300_000, max: last / 300_000 });
  fc.assert(
    fc.property(
      minutes,
      fc.integer({ min: 1, max: 12 * 60 }),
      fc.subarray([0, 1, 2, 3, 4, 5]),
      (start5, target5, holidayOffsets) => {
        const start = start5 * 300_000;
        const holidays = holidayOffsets.map((day) => dateThere(zone, start + day * DAY_MS));
        const hours = target5 / 12;
        const question = { zone, start, hours, holidays, calendar: 'business' } as const;
        expect(ask(question)).toBe(dueByStepping(question));
      },
    ),
    { seed: 7, numRuns: 60 },
  );
});

test('[C8] Apia had no 30 December 2011: a day of no length counts nothing', () => {
  // Thursday 29 December 12:00 local is 22:00 UTC; the next day there is Saturday the 31st.
  const start = Date.parse('2011-12-29T22:00:00Z');
  expect(ask({ zone: 'Pacific/Apia', start, hours: 24 })).toBe(Date.parse('2011-12-30T22:00:00Z'));
  expect(dateThere('Pacific/Apia', Date.parse('2011-12-30T22:00:00Z'))).toBe('2011-12-31');
});

test('a target of years ends, and one that holidays never let end says so', () => {
  const start = Date.parse('2026-11-24T00:00:00Z');
  // Seventh days are left out: 100,000 h are 4,166 2/3 business days.
  expect(ask({ start, hours: 100_000 })).toBeGreaterThan(
    start + (100_000 / 24 / 6) * 7 * DAY_MS - 2 * DAY_MS,
  );
  expect(ask({ start: LAST_START, hours: 48 })).toBeGreaterThan(LAST_START);
  expect(ask({ start: FIRST_START, zone: 'Europe/Amsterdam' })).toBeGreaterThan(FIRST_START);
});

test('what was asked before does not change an answer', () => {
  const questions = Array.from({ length: 400 }, (_, n) => ({
    zone: ['UTC', 'Asia/Tokyo', 'America/Lima'][n % 3] ?? 'UTC',
    start: Date.UTC(1950 + ((n * 7) % 900), n % 12, 1 + (n % 28)),
    hours: 12 + (n % 200),
  }));
  const first = questions.map(ask);
  expect(questions.toReversed().map(ask)).toEqual(first.toReversed());
});
