import { DAY_MS } from '../../shared/base/time.ts';
import type { Calendar } from '../../shared/policy/calendar.ts';
import { buildDayTable } from '../../shared/policy/day-table.ts';

/** The local dates of one year in one zone: Monday to Saturday count (C8); holidays are each question's own. */
export type ZoneYear = {
  calendar: Calendar;
  /** 1 January, as days since 1970-01-01. */
  firstDay: number;
  /** First instant of 1 January, and of the next one; ms since epoch. */
  startsAt: number;
  endsAt: number;
};

export type ZoneYears = (zone: string, year: number) => ZoneYear;

/** A year takes some 6 kB: 50 MB at the most. */
const MOST = 8_192;

/**
 * Years as they are asked for; those asked for longest ago are dropped. By years, so that starts far apart cost
 * two tables and not one of all the time between them.
 */
export function zoneYears(most = MOST): ZoneYears {
  const known = new Map<string, ZoneYear>();
  return (zone, year) => {
    const key = `${zone} ${year}`;
    const found = known.get(key);
    const wanted = found ?? build(zone, year);
    // A map keeps its order: what is put last is dropped last.
    if (found !== undefined) known.delete(key);
    known.set(key, wanted);
    if (known.size > most)
      for (const oldest of known.keys()) {
        known.delete(oldest);
        break;
      }
    return wanted;
  };
}

/**
 * From here on every zone keeps its last rule for good, and a rule goes by date and weekday: a year is like any other
 * that is as long and begins on the same day of the week. The last dates that time-zone data names are of 2087.
 */
const RULES_ONLY = 2200;
/** Within it, years of 28 repeat. */
const CYCLE_YEARS = 28;

function build(zone: string, year: number): ZoneYear {
  const newYear = Date.UTC(year, 0, 1);
  const nextYear = Date.UTC(year + 1, 0, 1);
  const like = year < RULES_ONLY ? year : yearLike(newYear, nextYear);
  const shiftMs = newYear - Date.UTC(like, 0, 1);
  // Local dates lie within a day or two of the UTC ones: what is too much is cut off.
  const wide = buildDayTable(zone, newYear - shiftMs - 3 * DAY_MS, nextYear - shiftMs + 2 * DAY_MS);
  const before = (newYear - shiftMs - Date.parse(`${wide.firstDate}T00:00:00Z`)) / DAY_MS;
  const daysInYear = (nextYear - newYear) / DAY_MS;
  const startsAt = wide.startsAt.slice(before, before + daysInYear + 1).map((at) => at + shiftMs);
  return {
    calendar: mondayToSaturday(startsAt, newYear),
    firstDay: newYear / DAY_MS,
    startsAt: startsAt[0] ?? Number.NaN,
    endsAt: startsAt[daysInYear] ?? Number.NaN,
  };
}

/** The first year of rules only that is as long as this one and begins on the same day of the week. */
function yearLike(newYear: number, nextYear: number): number {
  const weekday = new Date(newYear).getUTCDay();
  for (let year = RULES_ONLY + 1; year <= RULES_ONLY + CYCLE_YEARS; year += 1) {
    const begins = Date.UTC(year, 0, 1);
    const isAsLong = Date.UTC(year + 1, 0, 1) - begins === nextYear - newYear;
    if (isAsLong && new Date(begins).getUTCDay() === weekday) return year;
  }
  return new Date(newYear).getUTCFullYear();
}

/** What `compileCalendar` makes of a year without holidays, in a hundredth of the time: it asks no dates. */
function mondayToSaturday(boundaries: readonly number[], newYear: number): Calendar {
  const startsAt = Float64Array.from(boundaries);
  const countedMs = new Float64Array(startsAt.length);
  let weekday = new Date(newYear).getUTCDay();
  let counted = 0;
  for (let day = 1; day < startsAt.length; day += 1) {
    const lengthMs = (startsAt[day] ?? Number.NaN) - (startsAt[day - 1] ?? Number.NaN);
    if (weekday !== 0) counted += lengthMs;
    countedMs[day] = counted;
    weekday = (weekday + 1) % 7;
  }
  return { startsAt, countedMs };
}
