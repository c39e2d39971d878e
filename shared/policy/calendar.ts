import { DAY_MS } from '../base/time.ts';
import { dateOf, dayOfDate, daysIn, weekdayOf } from './day-table.ts';
import type { DayTable } from './policy-document.ts';

/**
 * Counted time in closed form (C8): one entry for each day boundary of the policy's zone. Both questions find their
 * day by its number and read the rest off. Build it once for each policy version.
 */
export type Calendar = {
  /** First instant of each local date, ms since epoch, ascending; the last one only ends the day before it. */
  readonly startsAt: Float64Array;
  /** Counted ms before each boundary; a day that does not count adds nothing. */
  readonly countedMs: Float64Array;
};

/** A day of the calendar that does not count, and why (C8). */
export type UncountedDay = { date: string; why: 'sunday' | 'holiday' };

/**
 * Monday to Saturday less holidays, from the policy's own day table (C8, C15). `startsAt` may be given where several
 * calendars are made of one table.
 */
export function compileCalendar(
  days: DayTable,
  holidays: readonly string[],
  startsAt: Float64Array = Float64Array.from(days.startsAt),
): Calendar {
  const count = daysIn(days);
  const closed = new Uint8Array(count);
  for (const date of holidays) {
    const day = dayOfDate(days, date);
    if (day >= 0 && day < count) closed[day] = 1;
  }
  const countedMs = new Float64Array(startsAt.length);
  let weekday = weekdayOf(days, 0);
  let counted = 0;
  for (let day = 0; day < count; day += 1) {
    if (weekday !== 0 && closed[day] === 0) counted += at(startsAt, day + 1) - at(startsAt, day);
    countedMs[day + 1] = counted;
    weekday = weekday === 6 ? 0 : weekday + 1;
  }
  return { startsAt, countedMs };
}

/**
 * The instant at which `targetMs` of counted time is used up after `startAt` (C8). A start outside counted
 * time counts from the next opening; a target used up exactly at a close is due at that close.
 * Infinity where the table ends before the due; what is older than the table counts from its first day.
 */
export function dueAfter(calendar: Calendar, startAt: number, targetMs: number): number {
  const { startsAt, countedMs } = calendar;
  const startDay = dayOf(startsAt, startAt);
  const wanted = countedOnDay(calendar, startDay, startAt) + targetMs;
  const day = dayThatReaches(countedMs, wanted, Math.max(0, startDay));
  if (day === countedMs.length - 1) return Number.POSITIVE_INFINITY;
  return Math.max(at(startsAt, day) + wanted - at(countedMs, day), startAt);
}

/** Counted ms in [fromAt, toAt); never negative: 0 where toAt is not after fromAt. */
export function countedBetween(calendar: Calendar, fromAt: number, toAt: number): number {
  if (toAt <= fromAt) return 0;
  const { startsAt } = calendar;
  const until = countedOnDay(calendar, dayOf(startsAt, toAt), toAt);
  return until - countedOnDay(calendar, dayOf(startsAt, fromAt), fromAt);
}

/** The days of [fromAt, toAt] that do not count, in order, at most `limit`. Dates a zone skipped are none. */
export function uncountedDays(
  calendar: Calendar,
  days: DayTable,
  { fromAt, toAt, limit }: { fromAt: number; toAt: number; limit: number },
): UncountedDay[] {
  const found: UncountedDay[] = [];
  const { startsAt, countedMs } = calendar;
  for (let day = Math.max(0, dayOf(startsAt, fromAt)); day < daysIn(days); day += 1) {
    if (at(startsAt, day) > toAt || found.length === limit) break;
    const isThere = at(startsAt, day + 1) > at(startsAt, day);
    if (!isThere || at(countedMs, day + 1) > at(countedMs, day)) continue;
    found.push({
      date: dateOf(days, day),
      why: weekdayOf(days, day) === 0 ? 'sunday' : 'holiday',
    });
  }
  return found;
}

/** Counted ms until an instant, whose day is known. */
function countedOnDay({ startsAt, countedMs }: Calendar, day: number, until: number): number {
  if (day < 0) return 0;
  const before = at(countedMs, day);
  if (day === startsAt.length - 1 || at(countedMs, day + 1) === before) return before;
  return before + until - at(startsAt, day);
}

/** The day that holds an instant: -1 before the table, the last boundary from there on. */
function dayOf(startsAt: Float64Array, instant: number): number {
  const last = startsAt.length - 1;
  // Days are 24 h but for a few: the guess is off by a day at most, or by two where a zone skipped a date.
  const guess = Math.floor((instant - at(startsAt, 0)) / DAY_MS);
  let day = guess < 0 ? 0 : guess > last ? last : guess;
  while (day >= 0 && at(startsAt, day) > instant) day -= 1;
  while (day < last && at(startsAt, day + 1) <= instant) day += 1;
  return day;
}

/** Targets are mostly of a few days: so far it is looked day by day. */
const NEAR_DAYS = 16;

/** The first day, not before `from`, by whose end so much is counted; the last boundary where none is. */
function dayThatReaches(countedMs: Float64Array, wanted: number, from: number): number {
  const last = countedMs.length - 1;
  let day = from;
  for (const near = from + NEAR_DAYS; day < near; day += 1)
    if (day >= last || at(countedMs, day + 1) >= wanted) return Math.min(day, last);
  let high = last;
  while (day < high) {
    const middle = (day + high) >>> 1;
    if (at(countedMs, middle + 1) >= wanted) high = middle;
    else day = middle + 1;
  }
  return day;
}

function at(column: Float64Array, index: number): number {
  return column[index] ?? Number.NaN;
}
