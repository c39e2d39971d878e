import { DAY_MS, MINUTE_MS, SECOND_MS } from '../base/time.ts';
import type { DayTable } from './policy-document.ts';

/**
 * Builds the table of day boundaries of a zone (C8, C15), from the local date of `fromAt` to that of `untilAt`.
 * Both are ms since epoch, UTC. Desk only: consoles count by the table they are given, so that differing
 * time-zone data cannot make two machines count differently. A date that the zone skipped has length zero.
 */
export function buildDayTable(timeZone: string, fromAt: number, untilAt: number): DayTable {
  const offsetAt = zoneOffsets(timeZone);
  const firstMidnight = floorToDay(fromAt + offsetAt(fromAt));
  const lastMidnight = floorToDay(untilAt + offsetAt(untilAt)) + DAY_MS;
  const offsets = dailyOffsets(offsetAt, firstMidnight - DAY_MS, lastMidnight + DAY_MS);
  const startsAt: number[] = [];
  for (let day = 1; day + 1 < offsets.length; day += 1) {
    const midnight = firstMidnight + (day - 1) * DAY_MS;
    const here = offsets[day] ?? 0;
    // Local midnight lies within a day of the UTC one, so with one offset all around it is plain.
    const isPlain = offsets[day - 1] === here && offsets[day + 1] === here;
    startsAt.push(isPlain ? midnight - here : firstInstantOf(offsetAt, midnight));
  }
  return { firstDate: isoDate(firstMidnight), startsAt };
}

/** No zone goes to another offset and back within so many days; the shortest such spans are of a week. */
const SAME_WITHIN_DAYS = 3;

/** The offsets at each UTC midnight of a range, asked for only where they may differ: asking is what takes time. */
function dailyOffsets(offsetAt: (at: number) => number, fromAt: number, toAt: number): number[] {
  const offsets: number[] = [];
  const spanMs = SAME_WITHIN_DAYS * DAY_MS;
  let after = offsetAt(fromAt);
  for (let start = fromAt; start <= toAt; start += spanMs) {
    const before = after;
    after = offsetAt(start + spanMs);
    for (let at = start; at < start + spanMs && at <= toAt; at += DAY_MS)
      offsets.push(before === after ? before : offsetAt(at));
  }
  return offsets;
}

/** How many days a table holds. */
export function daysIn(days: DayTable): number {
  return days.startsAt.length - 1;
}

/** The calendar date of a day of the table, such as 2026-12-25. */
export function dateOf(days: DayTable, day: number): string {
  return isoDate(Date.parse(`${days.firstDate}T00:00:00Z`) + day * DAY_MS);
}

/** Which day of the table a date is; outside of it a number that is no day of it. */
export function dayOfDate(days: DayTable, date: string): number {
  return (Date.parse(`${date}T00:00:00Z`) - Date.parse(`${days.firstDate}T00:00:00Z`)) / DAY_MS;
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(days: DayTable, day: number): number {
  return new Date(Date.parse(`${days.firstDate}T00:00:00Z`) + day * DAY_MS).getUTCDay();
}

/**
 * The first instant that shows this local date or a later one. Local dates are handled as the UTC midnight of the
 * same date. Midnight may come twice, or not at all; the zone changes its offset once around it.
 */
function firstInstantOf(offsetAt: (at: number) => number, midnight: number): number {
  const changeAt = changeBetween(offsetAt, midnight - DAY_MS, midnight + DAY_MS);
  const firstAt = midnight - offsetAt(changeAt - SECOND_MS);
  if (firstAt < changeAt) return firstAt;
  // Midnight falls into what the change left out, or comes after it.
  return Math.max(changeAt, midnight - offsetAt(changeAt));
}

/** The first second with another offset than that of `fromAt`. */
function changeBetween(offsetAt: (at: number) => number, fromAt: number, toAt: number): number {
  const before = offsetAt(fromAt);
  let low = fromAt;
  let high = toAt;
  while (high - low > SECOND_MS) {
    const middle = low + Math.floor((high - low) / 2 / SECOND_MS) * SECOND_MS;
    if (offsetAt(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** A zone's offset from UTC, ms, by the time-zone data of this machine. */
function zoneOffsets(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const known = new Map<string, number>();
  return (at) => {
    // Such as `3/1/2026, GMT-03:30`; seconds occur before 1972.
    const text = format.format(at).split('GMT')[1] ?? '';
    const found = known.get(text);
    if (found !== undefined) return found;
    const [, sign, hours = 0, minutes = 0, seconds = 0] =
      /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
    const sizeMs =
      Number(hours) * 60 * MINUTE_MS + Number(minutes) * MINUTE_MS + Number(seconds) * SECOND_MS;
    const offsetMs = sign === '-' ? -sizeMs : sizeMs;
    known.set(text, offsetMs);
    return offsetMs;
  };
}

function floorToDay(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}

function isoDate(midnight: number): string {
  return new Date(midnight).toISOString().slice(0, 10);
}
