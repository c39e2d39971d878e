import { countedBetween, dueAfter } from '../../shared/policy/calendar.ts';
import { hoursMs } from '../../shared/policy/compiled-policy.ts';
import type { DueQuestion } from './question.ts';
import type { ZoneYear, ZoneYears } from './zone-years.ts';

/**
 * The instant at which a question's hours are used up (C8), ms since epoch. Hours of 0 are used up at their start.
 * Year after year until it is reached: what a year counts is taken off the target.
 */
export function dueOf(question: DueQuestion, years: ZoneYears): number {
  const { zone, startAt, hours, holidays, calendar } = question;
  const targetMs = hoursMs(hours);
  if (calendar === 'always' || targetMs === 0) return startAt + targetMs;
  let { year, part } = localYear(zone, startAt, years);
  let fromAt = startAt;
  let leftMs = targetMs;
  for (;;) {
    const { dueAt, wantedMs } = dueWithin(part, fromAt, leftMs, holidays);
    if (Number.isFinite(dueAt)) return dueAt;
    leftMs = wantedMs - countedBetween(part.calendar, fromAt, part.endsAt);
    fromAt = part.endsAt;
    year += 1;
    part = years(zone, year);
  }
}

/** The year that the zone's calendars show at an instant. */
function localYear(zone: string, at: number, years: ZoneYears): { year: number; part: ZoneYear } {
  const year = new Date(at).getUTCFullYear();
  const part = years(zone, year);
  if (at < part.startsAt) return { year: year - 1, part: years(zone, year - 1) };
  if (at >= part.endsAt) return { year: year + 1, part: years(zone, year + 1) };
  return { year, part };
}

/**
 * The due in one year, Infinity where the year ends before it, and the target with all that holidays took away. A
 * holiday that begins before the due adds what it would have counted; in the order of the days, so each due that it
 * is compared with is the one that the days before it leave. That gives what a calendar compiled with these holidays
 * gives, and costs nothing where every question has a list of its own.
 */
function dueWithin(
  { calendar, firstDay }: ZoneYear,
  fromAt: number,
  targetMs: number,
  holidays: readonly number[],
): { dueAt: number; wantedMs: number } {
  const { startsAt, countedMs } = calendar;
  let wantedMs = targetMs;
  let dueAt = dueAfter(calendar, fromAt, wantedMs);
  for (const holiday of holidays) {
    const day = holiday - firstDay;
    const closesAt = startsAt[day + 1];
    // Of other years: such an index is not there.
    if (closesAt === undefined) {
      if (day > 0) break;
      continue;
    }
    const opensAt = Math.max(startsAt[day] ?? closesAt, fromAt);
    if (opensAt >= dueAt) break;
    // Over already, a date that the zone skipped, or a Sunday, which does not count anyway.
    if (closesAt <= opensAt || countedMs[day + 1] === countedMs[day]) continue;
    wantedMs += closesAt - opensAt;
    dueAt = dueAfter(calendar, fromAt, wantedMs);
  }
  return { dueAt, wantedMs };
}
