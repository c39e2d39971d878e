import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { compileCalendar, countedBetween, dueAfter } from '../../shared/policy/calendar.ts';
import type { Calendar } from '../../shared/policy/calendar.ts';
import { calendarFor, dueForClass } from '../../shared/policy/compiled-policy.ts';
import { buildDayTable } from '../../shared/policy/day-table.ts';
import type { DayTable } from '../../shared/policy/policy-document.ts';
import { policy } from '../helpers/tickets.ts';
import { minuteDue, slowCounted, slowDue } from './oracle/days.ts';

/** Zones with the years in which something odd happens to their days. */
const zones = [
  { timeZone: 'UTC', from: '2026-01-01', until: '2026-06-01' },
  { timeZone: 'Asia/Kolkata', from: '2026-01-01', until: '2026-03-01' },
  { timeZone: 'Europe/Berlin', from: '2026-03-15', until: '2026-04-10' },
  { timeZone: 'Europe/Berlin', from: '2026-10-15', until: '2026-11-05' },
  // Forward on a Friday 00:00, back on a Thursday 24:00.
  { timeZone: 'Africa/Cairo', from: '2026-04-15', until: '2026-05-05' },
  { timeZone: 'Africa/Cairo', from: '2026-10-20', until: '2026-11-08' },
  { timeZone: 'Asia/Beirut', from: '2026-03-20', until: '2026-04-05' },
  { timeZone: 'Asia/Beirut', from: '2026-10-15', until: '2026-11-01' },
  { timeZone: 'America/Sao_Paulo', from: '2017-10-05', until: '2017-10-25' },
  { timeZone: 'America/Sao_Paulo', from: '2018-02-08', until: '2018-02-26' },
  { timeZone: 'America/Sao_Paulo', from: '2018-10-25', until: '2018-11-12' },
  // Half an hour.
  { timeZone: 'Australia/Lord_Howe', from: '2026-03-28', until: '2026-04-12' },
  { timeZone: 'Australia/Lord_Howe', from: '2026-09-26', until: '2026-10-12' },
  // There was no 30 December.
  { timeZone: 'Pacific/Apia', from: '2011-12-20', until: '2012-01-08' },
  // At 00:01 until 2011: Sunday comes, goes for an hour, and comes again.
  { timeZone: 'America/St_Johns', from: '2010-10-30', until: '2010-11-15' },
  { timeZone: 'America/St_Johns', from: '2010-03-05', until: '2010-03-22' },
  { timeZone: 'Africa/Casablanca', from: '2026-02-08', until: '2026-03-30' },
  { timeZone: 'America/Havana', from: '2026-03-01', until: '2026-03-15' },
  { timeZone: 'America/Havana', from: '2026-10-25', until: '2026-11-08' },
  { timeZone: 'Asia/Kathmandu', from: '2026-01-01', until: '2026-02-01' },
  { timeZone: 'Pacific/Chatham', from: '2026-03-28', until: '2026-04-12' },
  { timeZone: 'America/Asuncion', from: '2024-03-15', until: '2024-04-01' },
];

type Zone = { timeZone: string; days: DayTable; fromAt: number; untilAt: number };
const tables: Zone[] = zones.map(({ timeZone, from, until }) => {
  const [fromAt, untilAt] = [Date.parse(from), Date.parse(until)];
  return {
    timeZone,
    fromAt,
    untilAt,
    days: buildDayTable(timeZone, fromAt - 3 * DAY_MS, untilAt + 120 * DAY_MS),
  };
});

const calendars = new Map<string, Calendar>();
function calendarOf({ timeZone, days }: Zone, holidays: readonly string[]): Calendar {
  const key = `${timeZone} ${days.firstDate} ${holidays.join()}`;
  const found = calendars.get(key) ?? compileCalendar(days, holidays);
  calendars.set(key, found);
  return found;
}

/** A zone, an instant of its odd weeks, and holidays around it. */
const anyStart = fc.constantFrom(...tables).chain((zone) =>
  fc.record({
    zone: fc.constant(zone),
    startAt: fc.integer({ min: zone.fromAt, max: zone.untilAt }),
    holidays: fc
      .array(fc.integer({ min: 0, max: 30 }), { maxLength: 3 })
      .map((days) => days.map((day) => isoDate(zone.fromAt + day * DAY_MS))),
  }),
);
const anyTargetMs = fc.oneof(
  fc.integer({ min: 1, max: 50 * HOUR_MS }),
  fc.integer({ min: 1, max: 20 }).map((days) => days * DAY_MS),
  fc.integer({ min: 1, max: 400 }).map((hours) => hours * HOUR_MS),
);

function isoDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

test('[C8] the closed form equals walking from day to day, in every zone', () => {
  fc.assert(
    fc.property(anyStart, anyTargetMs, ({ zone, startAt, holidays }, targetMs) => {
      const calendar = calendarOf(zone, holidays);
      const counting = { timeZone: zone.timeZone, holidays };
      expect(dueAfter(calendar, startAt, targetMs)).toBe(slowDue(counting, startAt, targetMs));
      const toAt = startAt + targetMs;
      expect(countedBetween(calendar, startAt, toAt)).toBe(slowCounted(counting, startAt, toAt));
    }),
    { seed: 1_001, numRuns: 2_000 },
  );
});

test('[C8] the closed form equals stepping through the minutes, in every zone', () => {
  fc.assert(
    fc.property(
      anyStart,
      fc.integer({ min: 1, max: 60 * 60 }),
      ({ zone, startAt, holidays }, minutes) => {
        const from = Math.floor(startAt / MINUTE_MS) * MINUTE_MS;
        expect(dueAfter(calendarOf(zone, holidays), from, minutes * MINUTE_MS)).toBe(
          minuteDue({ timeZone: zone.timeZone, holidays }, from, minutes),
        );
      },
    ),
    { seed: 1_002, numRuns: 150 },
  );
});

test('[C8] due and counted time are each other turned round', () => {
  fc.assert(
    fc.property(anyStart, anyTargetMs, ({ zone, startAt, holidays }, targetMs) => {
      const calendar = calendarOf(zone, holidays);
      const dueAt = dueAfter(calendar, startAt, targetMs);
      expect(countedBetween(calendar, startAt, dueAt)).toBe(targetMs);
      // It is the first such instant, so a millisecond before it something is missing still.
      expect(countedBetween(calendar, startAt, dueAt - 1)).toBe(targetMs - 1);
    }),
    { seed: 1_003, numRuns: 2_000 },
  );
});

test('[C8] a later start or a longer target is never due earlier', () => {
  const more = fc.integer({ min: 0, max: 3 * DAY_MS });
  fc.assert(
    fc.property(
      anyStart,
      anyTargetMs,
      more,
      more,
      ({ zone, startAt, holidays }, targetMs, later, longer) => {
        const calendar = calendarOf(zone, holidays);
        const dueAt = dueAfter(calendar, startAt, targetMs);
        expect(dueAfter(calendar, startAt + later, targetMs)).toBeGreaterThanOrEqual(dueAt);
        expect(dueAfter(calendar, startAt, targetMs + longer)).toBeGreaterThanOrEqual(dueAt);
        expect(dueAt).toBeGreaterThanOrEqual(startAt + targetMs);
      },
    ),
    { seed: 1_004, numRuns: 2_000 },
  );
});

test('[C8] a holiday only lengthens', () => {
  fc.assert(
    fc.property(
      anyStart,
      anyTargetMs,
      fc.integer({ min: 0, max: 30 }),
      ({ zone, startAt, holidays }, targetMs, day) => {
        const more = [...holidays, isoDate(zone.fromAt + day * DAY_MS)];
        expect(dueAfter(calendarOf(zone, more), startAt, targetMs)).toBeGreaterThanOrEqual(
          dueAfter(calendarOf(zone, holidays), startAt, targetMs),
        );
      },
    ),
    { seed: 1_005, numRuns: 1_500 },
  );
});

test('[C8] [P2] Critical counts around the clock, whatever day it is', () => {
  const compiled = ['UTC', 'Africa/Cairo', 'Asia/Kolkata'].map((timeZone) =>
    policy({ timeZone, holidays: ['2026-11-20', '2026-11-21', '2026-12-25'] }),
  );
  const critical = { severity: 'critical', serverFault: false } as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...compiled),
      fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') }),
      (rules, startAt) => {
        expect(calendarFor(rules, critical)).toBe('always');
        expect(dueForClass(rules, critical, startAt)).toBe(startAt + 2 * HOUR_MS);
      },
    ),
    { seed: 1_006, numRuns: 500 },
  );
});
