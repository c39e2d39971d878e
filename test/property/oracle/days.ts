/**
 * Days and counted time by the text of C8, found by looking at a wall clock again and again. Slow on purpose, and
 * sharing nothing with shared/policy.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A local date's half-open interval: from its first instant to the first instant of the next date that comes. */
export type LocalDay = { date: string; startAt: number; endAt: number };

export type Wall = {
  /** The day that holds an instant. */
  dayAt: (at: number) => LocalDay;
  after: (day: LocalDay) => LocalDay;
};

const walls = new Map<string, Wall>();

export function wallOf(timeZone: string): Wall {
  const known = walls.get(timeZone);
  if (known !== undefined) return known;
  const made = makeWall(timeZone);
  walls.set(timeZone, made);
  return made;
}

/** What the calendar on the wall shows, such as 2026-11-18. */
export function dateReader(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (at) => format.format(at);
}

function makeWall(timeZone: string): Wall {
  const dateAt = dateReader(timeZone);
  const following = new Map<number, LocalDay>();
  const begins = new Map<number, number>();

  /** The first minute after `at` that shows a later date than `date`; the date goes back for an hour at times. */
  function nextDateAfter(date: string, at: number): number {
    let now = at;
    while (dateAt(now) <= date) now += MINUTE;
    return now;
  }

  function dayFrom(startAt: number): LocalDay {
    const known = following.get(startAt);
    if (known !== undefined) return known;
    const date = dateAt(startAt);
    // No day of any zone is shorter than 22 hours.
    const day = { date, startAt, endAt: nextDateAfter(date, startAt + 22 * HOUR) };
    following.set(startAt, day);
    return day;
  }

  return {
    dayAt: (at) => {
      // From two days before, so that an hour that comes twice is behind us.
      const early = Math.floor((at - 50 * HOUR) / (24 * HOUR)) * 24 * HOUR;
      const firstAt = begins.get(early) ?? nextDateAfter(dateAt(early), early);
      begins.set(early, firstAt);
      let day = dayFrom(firstAt);
      while (day.endAt <= at) day = dayFrom(day.endAt);
      return day;
    },
    after: (day) => dayFrom(day.endAt),
  };
}

export type Counting = { timeZone: string; holidays: readonly string[] };

/** Sundays and the policy's holidays do not count. */
export function dayCounts(date: string, { holidays }: Counting): boolean {
  return new Date(`${date}T12:00:00Z`).getUTCDay() !== 0 && !holidays.includes(date);
}

/** The instant at which so much counted time has gone by, walking from day to day. */
export function slowDue(counting: Counting, fromAt: number, targetMs: number): number {
  const wall = wallOf(counting.timeZone);
  let left = targetMs;
  for (let day = wall.dayAt(fromAt); ; day = wall.after(day)) {
    if (!dayCounts(day.date, counting)) continue;
    const opensAt = Math.max(day.startAt, fromAt);
    if (left <= day.endAt - opensAt) return opensAt + left;
    left -= day.endAt - opensAt;
  }
}

/** Counted time in [fromAt, toAt), walking from day to day. */
export function slowCounted(counting: Counting, fromAt: number, toAt: number): number {
  const wall = wallOf(counting.timeZone);
  let counted = 0;
  for (let day = wall.dayAt(fromAt); day.startAt < toAt; day = wall.after(day))
    if (dayCounts(day.date, counting))
      counted += Math.max(0, Math.min(day.endAt, toAt) - Math.max(day.startAt, fromAt));
  return counted;
}

/** As `slowDue`, minute by minute; the date that counts is the latest that was on the wall so far. */
export function minuteDue(counting: Counting, fromAt: number, targetMinutes: number): number {
  const dateAt = dateReader(counting.timeZone);
  let latest = dateAt(fromAt - 26 * HOUR);
  for (let at = fromAt - 26 * HOUR; at < fromAt; at += MINUTE) {
    const date = dateAt(at);
    if (date > latest) latest = date;
  }
  let left = targetMinutes;
  let now = fromAt;
  for (; left > 0; now += MINUTE) {
    const date = dateAt(now);
    if (date > latest) latest = date;
    if (dayCounts(latest, counting)) left -= 1;
  }
  return now;
}
