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

/** A year takes some 6 kB: 100 MB at the most. */
const MOST = 16_384;

/**
 * Years as they are asked for; those built and asked for longest ago are dropped. By years, so that starts far apart
 * cost two tables and not one of all the time between them.
 */
export function zoneYears(most = MOST): ZoneYears {
  const known = new Map<string, ZoneYear>();

  function built(zone: string, year: number): ZoneYear {
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
  }

  return (zone, year) => {
    const like = yearLike(year);
    const wanted = built(zone, like);
    // Moving a year costs a thousandth of building it, so only what was built is kept.
    return like === year ? wanted : moved(wanted, year);
  };
}

function build(zone: string, year: number): ZoneYear {
  const newYear = Date.UTC(year, 0, 1);
  const nextYear = Date.UTC(year + 1, 0, 1);
  // Local dates lie within a day or two of the UTC ones: what is too much is cut off.
  const wide = buildDayTable(zone, newYear - 3 * DAY_MS, nextYear + 2 * DAY_MS);
  const before = (newYear - Date.parse(`${wide.firstDate}T00:00:00Z`)) / DAY_MS;
  const daysInYear = (nextYear - newYear) / DAY_MS;
  const startsAt = wide.startsAt.slice(before, before + daysInYear + 1);
  return asYear(mondayToSaturday(startsAt, newYear), newYear);
}

/** The same year at another time. */
function moved({ calendar, firstDay }: ZoneYear, year: number): ZoneYear {
  const newYear = Date.UTC(year, 0, 1);
  const shiftMs = newYear - firstDay * DAY_MS;
  const startsAt = calendar.startsAt.map((at) => at + shiftMs);
  return asYear({ startsAt, countedMs: calendar.countedMs }, newYear);
}

function asYear(calendar: Calendar, newYear: number): ZoneYear {
  return {
    calendar,
    firstDay: newYear / DAY_MS,
    startsAt: calendar.startsAt[0] ?? Number.NaN,
    endsAt: calendar.startsAt.at(-1) ?? Number.NaN,
  };
}

/**
 * From here on every zone keeps its last rule for good, and a rule goes by date and weekday: a year is like any other
 * that is as long and begins on the same day of the week. The last dates that time-zone data names are of 2087.
 */
const RULES_ONLY = 2200;
/** 28 years in a row hold years of every kind; one of each stands for all. */
const ofKind = new Map(
  Array.from({ length: 28 }, (_, index) => RULES_ONLY + 1 + index).map((year) => [
    kindOf(year),
    year,
  ]),
);

/** The year to build in place of one: where only rules are left, one for each kind. */
function yearLike(year: number): number {
  return year < RULES_ONLY ? year : (ofKind.get(kindOf(year)) ?? year);
}

/** A year's length and first weekday, as one number. */
function kindOf(year: number): number {
  const begins = Date.UTC(year, 0, 1);
  const days = (Date.UTC(year + 1, 0, 1) - begins) / DAY_MS;
  return days * 7 + new Date(begins).getUTCDay();
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
