import { DAY_MS } from '../base/time.ts';
import type { DayTable } from './policy-document.ts';

/**
 * Counted time in closed form (C8): the runs of business days as parallel arrays, so that both questions
 * are one binary search. Build it once for each policy version.
 */
export type Calendar = {
  /** Start of each run of business days, ms since epoch, ascending. */
  readonly opensAt: Float64Array;
  readonly closesAt: Float64Array;
  /** Counted ms before each run. */
  readonly countedBeforeMs: Float64Array;
};

/** Monday to Saturday less holidays, from the policy's own day table. */
export function compileCalendar(days: DayTable, holidays: readonly string[]): Calendar {
  const closed = new Set(holidays);
  const firstMidnight = Date.parse(`${days.firstDate}T00:00:00Z`);
  const opens: number[] = [];
  const closes: number[] = [];
  for (let index = 0; index + 1 < days.startsAt.length; index += 1) {
    const midnight = new Date(firstMidnight + index * DAY_MS);
    const isBusiness =
      midnight.getUTCDay() !== 0 && !closed.has(midnight.toISOString().slice(0, 10));
    const startsAt = days.startsAt[index] ?? 0;
    const endsAt = days.startsAt[index + 1] ?? startsAt;
    if (!isBusiness || endsAt === startsAt) continue;
    if (closes.at(-1) === startsAt) closes[closes.length - 1] = endsAt;
    else {
      opens.push(startsAt);
      closes.push(endsAt);
    }
  }
  const countedBeforeMs = new Float64Array(opens.length);
  for (let run = 1; run < opens.length; run += 1) {
    countedBeforeMs[run] =
      (countedBeforeMs[run - 1] ?? 0) + (closes[run - 1] ?? 0) - (opens[run - 1] ?? 0);
  }
  return {
    opensAt: Float64Array.from(opens),
    closesAt: Float64Array.from(closes),
    countedBeforeMs,
  };
}

/**
 * The instant at which `targetMs` of counted time is used up after `startAt` (C8). A start outside counted
 * time counts from the next opening; a target used up exactly at a close is due at that close.
 * Infinity where the table ends before the due.
 */
export function dueAfter(calendar: Calendar, startAt: number, targetMs: number): number {
  const wanted = countedUntil(calendar, startAt) + targetMs;
  // The first run whose end reaches what is wanted; the table is sorted by both columns.
  const { opensAt, closesAt, countedBeforeMs } = calendar;
  let low = 0;
  let high = opensAt.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const reached = at(countedBeforeMs, middle) + at(closesAt, middle) - at(opensAt, middle);
    if (reached < wanted) low = middle + 1;
    else high = middle;
  }
  if (low === opensAt.length) return Number.POSITIVE_INFINITY;
  return Math.max(at(opensAt, low) + wanted - at(countedBeforeMs, low), startAt);
}

/** Counted ms in [fromAt, toAt); negative never: 0 where toAt is not after fromAt. */
export function countedBetween(calendar: Calendar, fromAt: number, toAt: number): number {
  if (toAt <= fromAt) return 0;
  return countedUntil(calendar, toAt) - countedUntil(calendar, fromAt);
}

function countedUntil(calendar: Calendar, until: number): number {
  const { opensAt, closesAt, countedBeforeMs } = calendar;
  let low = 0;
  let high = opensAt.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(opensAt, middle) <= until) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  const run = low - 1;
  return at(countedBeforeMs, run) + Math.min(until, at(closesAt, run)) - at(opensAt, run);
}

function at(column: Float64Array, index: number): number {
  return column[index] ?? Number.NaN;
}
