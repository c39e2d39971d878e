import { tzOffset } from '@date-fns/tz';
import { DAY_MS, MINUTE_MS } from '../base/time.ts';
import type { DayTable } from './policy-document.ts';

/**
 * Builds the table of day boundaries of a zone (C8, C15), from the local date of `fromAt` to that of `untilAt`.
 * Both are ms since epoch, UTC. Desk only: consoles count by the table they are given, so that differing
 * time-zone data cannot make two machines count differently. A date that the zone skipped has length zero.
 */
export function buildDayTable(timeZone: string, fromAt: number, untilAt: number): DayTable {
  const firstMidnight = floorToDay(fromAt + offsetMs(timeZone, fromAt));
  const lastMidnight = floorToDay(untilAt + offsetMs(timeZone, untilAt)) + DAY_MS;
  const startsAt: number[] = [];
  for (let midnight = firstMidnight; midnight <= lastMidnight; midnight += DAY_MS) {
    startsAt.push(firstInstantOf(timeZone, midnight));
  }
  return { firstDate: isoDate(firstMidnight), startsAt };
}

/** Local dates are handled as the UTC midnight of the same calendar date. */
function firstInstantOf(timeZone: string, midnight: number): number {
  const before = offsetMs(timeZone, midnight - DAY_MS);
  if (before === offsetMs(timeZone, midnight + DAY_MS)) return midnight - before;
  // The offset changes near this midnight: the first minute that shows this date or a later one.
  let at = midnight - DAY_MS;
  while (at + offsetMs(timeZone, at) < midnight) at += MINUTE_MS;
  return at;
}

function offsetMs(timeZone: string, at: number): number {
  return tzOffset(timeZone, new Date(at)) * MINUTE_MS;
}

function floorToDay(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}

function isoDate(midnight: number): string {
  return new Date(midnight).toISOString().slice(0, 10);
}
