import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { compileCalendar, dueAfter } from '../../shared/policy/calendar.ts';
import { buildDayTable } from '../../shared/policy/day-table.ts';
import { randomFrom } from '../demo/random.ts';
import { dueOf } from './due-of.ts';
import { readQuestion } from './question.ts';
import { zoneYears } from './zone-years.ts';

const years = zoneYears();

function due(zone: string, start: string, hours: number, more: object = {}): string {
  const question = readQuestion(JSON.stringify({ zone, start: Date.parse(start), hours, ...more }));
  if (!question.ok) throw new Error(question.error);
  return new Date(dueOf(question.value, years)).toISOString().replace('.000Z', 'Z');
}

test.each([
  ['over a Sunday', 'UTC', '2026-11-21T12:00:00Z', 24, {}, '2026-11-23T12:00:00Z'],
  ['from a Sunday', 'UTC', '2026-11-22T15:00:00Z', 12, {}, '2026-11-23T12:00:00Z'],
  ['at a close', 'UTC', '2026-11-21T00:00:00Z', 24, {}, '2026-11-22T00:00:00Z'],
  ['at the close of a year', 'UTC', '2022-12-31T00:00:00Z', 24, {}, '2023-01-01T00:00:00Z'],
  ['over the end of a year', 'UTC', '2022-12-31T00:00:00Z', 25, {}, '2023-01-02T01:00:00Z'],
  ['always', 'UTC', '2026-11-22T15:00:00Z', 2, { calendar: 'always' }, '2026-11-22T17:00:00Z'],
  ['a fraction', 'UTC', '2026-11-23T00:00:00Z', 0.25, {}, '2026-11-23T00:15:00Z'],
  ['nothing', 'UTC', '2026-11-22T15:00:00Z', 0, {}, '2026-11-22T15:00:00Z'],
  [
    'holidays, one of them a Sunday, one twice, out of order',
    'Europe/Berlin',
    '2026-12-24T11:00:00Z',
    24,
    { holidays: ['2026-12-27', '2026-12-26', '2026-12-25', '2026-12-26'] },
    '2026-12-28T11:00:00Z',
  ],
  [
    'holidays on both sides of a new year',
    'Asia/Tokyo',
    '2026-12-30T15:00:00Z',
    12,
    { holidays: ['2026-12-31', '2027-01-01', '2027-01-02'] },
    '2027-01-04T03:00:00Z',
  ],
  // The island's calendar had no 30 December 2011, a Friday.
  ['a date left out', 'Pacific/Apia', '2011-12-29T10:00:00Z', 24, {}, '2011-12-30T10:00:00Z'],
])('[C8] %s', (_, zone, start, hours, more, expected) => {
  expect(due(zone, start, hours, more)).toBe(expected);
});

const zones = [
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/St_Johns',
  'Antarctica/Troll',
  'Asia/Kathmandu',
  'Europe/Berlin',
] as const;

/** Where each zone did something odd. */
const spans: Readonly<Record<(typeof zones)[number], [string, string]>> = {
  'Africa/Cairo': ['2010-01-01', '2026-12-01'],
  'Asia/Beirut': ['1985-01-01', '2026-12-01'],
  'America/Sao_Paulo': ['2005-01-01', '2018-12-01'],
  'Australia/Lord_Howe': ['1981-01-01', '2026-12-01'],
  'Pacific/Apia': ['2011-12-20', '2012-01-05'],
  'America/St_Johns': ['1988-01-01', '2011-12-01'],
  'Antarctica/Troll': ['2005-01-01', '2026-12-01'],
  'Asia/Kathmandu': ['1985-12-01', '1986-03-01'],
  'Europe/Berlin': ['2400-01-01', '2999-12-01'],
};

/**
 * The oracle: minute by minute, asking Intl for the date. A day goes on until a later date shows, so what a clock put
 * back over midnight shows once more belongs to the later day.
 */
function dueByStepping(zone: string, startAt: number, minutes: number, holidays: string[]): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  let today = '';
  const see = (at: number) => {
    const date = format.format(at);
    if (date > today) today = date;
  };
  for (let at = startAt - 2 * HOUR_MS; at < startAt; at += MINUTE_MS) see(at);
  let at = startAt;
  for (let left = minutes; left > 0; at += MINUTE_MS) {
    see(at);
    const isSunday = new Date(`${today}T00:00:00Z`).getUTCDay() === 0;
    if (!isSunday && !holidays.includes(today)) left -= 1;
  }
  return at;
}

test(
  '[C8] it is what stepping through the minutes gives, in zones that do odd things',
  { timeout: 60_000 },
  () => {
    const random = randomFrom('due');
    const pick = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
    for (let run = 0; run < 360; run += 1) {
      const zone = zones[run % zones.length] ?? 'Europe/Berlin';
      const [from, to] = spans[zone].map((date) => Date.parse(date) / MINUTE_MS);
      const start = pick(from ?? 0, to ?? 0) * MINUTE_MS;
      const minutes = pick(1, 20 * 60);
      const holidays = Array.from({ length: pick(0, 3) }, () =>
        new Date(start + pick(-1, 4) * DAY_MS).toISOString().slice(0, 10),
      );
      const question = readQuestion(JSON.stringify({ zone, start, hours: minutes / 60, holidays }));
      if (!question.ok) throw new Error(question.error);
      const expected = dueByStepping(zone, start, minutes, holidays);
      expect(dueOf(question.value, years), `${zone} ${start} ${minutes} ${holidays.join()}`).toBe(
        expected,
      );
    }
  },
);

test('[C8] where a zone changes its clocks at midnight, from every start around it', () => {
  // St John's went back at 00:01, São Paulo at 00:00, and on from there in October.
  for (const [zone, change] of [
    ['America/St_Johns', '2008-11-02T02:31:00Z'],
    ['America/Sao_Paulo', '2013-02-17T02:00:00Z'],
    ['America/Sao_Paulo', '2013-10-20T03:00:00Z'],
  ] as const)
    for (let minute = -90; minute <= 90; minute += 15) {
      const start = Date.parse(change) + minute * MINUTE_MS;
      const question = readQuestion(JSON.stringify({ zone, start, hours: 1.5 }));
      if (!question.ok) throw new Error(question.error);
      const expected = dueByStepping(zone, start, 90, []);
      expect(dueOf(question.value, years), `${zone} ${minute}`).toBe(expected);
    }
});

test(
  '[C8] holidays and years end to end give what one calendar of all of it gives',
  { timeout: 60_000 },
  () => {
    const from = Date.UTC(2019, 0, 1);
    const tables = new Map(
      zones.map((zone) => [zone, buildDayTable(zone, from, Date.UTC(2031, 0, 1))]),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2024, 0, 1) }),
        fc.double({ min: 0.001, max: 20_000, noNaN: true }),
        fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 40 }),
        (zone, start, hours, offsets) => {
          const holidays = offsets.map((day) =>
            new Date(Date.UTC(2020, 0, 1) + day * DAY_MS).toISOString().slice(0, 10),
          );
          const days = tables.get(zone);
          if (days === undefined) throw new Error('no table');
          const whole = compileCalendar(days, holidays);
          const question = readQuestion(JSON.stringify({ zone, start, hours, holidays }));
          if (!question.ok) throw new Error(question.error);
          expect(dueOf(question.value, years)).toBe(
            dueAfter(whole, start, Math.round(hours * HOUR_MS)),
          );
        },
      ),
      { numRuns: 80 },
    );
  },
);

test('years far ahead are those of a year that is alike', { timeout: 30_000 }, () => {
  const random = randomFrom('years');
  for (let run = 0; run < 60; run += 1) {
    const zone = zones[run % zones.length] ?? 'Europe/Berlin';
    const year = 2200 + Math.floor(random() * 900);
    const table = buildDayTable(zone, Date.UTC(year, 0, 1, 12), Date.UTC(year, 11, 31, 12));
    const built = years(zone, year).calendar.startsAt;
    // The table may begin a day later or end one later: offsets of half a day and more.
    const known = new Set(built);
    const missing = table.startsAt.filter((at) => !known.has(at));
    expect(missing.length, `${zone} ${year}`).toBeLessThanOrEqual(1);
    expect(built.length).toBe(table.startsAt.length);
  }
});

test('a hundred thousand hours, and tables that are dropped and built again', () => {
  expect(due('UTC', '2026-11-23T00:00:00Z', 144)).toBe('2026-11-29T00:00:00Z');
  // 100,000 h are 694 weeks of 144 h and 64 h.
  expect(due('UTC', '2026-11-23T00:00:00Z', 100_000)).toBe('2040-03-14T16:00:00Z');
  const few = zoneYears(2);
  const question = readQuestion(
    JSON.stringify({ zone: 'UTC', start: Date.parse('2026-11-23'), hours: 100_000 }),
  );
  if (!question.ok) throw new Error(question.error);
  expect(new Date(dueOf(question.value, few)).toISOString()).toBe('2040-03-14T16:00:00.000Z');
});
