import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../shared/base/time.ts';

/** Times as agents read them. Countdowns are in desk time; both instants in ms since epoch. */

export type Countdown = {
  /** `1:42`, `−0:07`, `3 d`. */
  value: string;
  /** What the value is in: `h`, `min`, or the hours after days. */
  unit: string;
};

const MINUS = '−';
/** From here on hours say less than days. */
const DAYS_FROM_MS = 2 * DAY_MS;

/**
 * What is left until a due, or how late it is: minutes and seconds inside the last hour, else hours and minutes,
 * and from two days on days and hours. Rounded down to what is shown.
 */
export function countdown(dueAt: number, now: number): Countdown {
  // Beyond the policy's day table nothing is known (C15).
  if (!Number.isFinite(dueAt)) return { value: '—', unit: '' };
  const leftMs = secondOf(dueAt) - secondOf(now);
  if (leftMs >= 0 && leftMs < HOUR_MS) {
    const minutes = Math.floor(leftMs / MINUTE_MS);
    return { value: `${minutes}:${two(Math.floor(leftMs / SECOND_MS) % 60)}`, unit: 'min' };
  }
  const sizeMs = Math.abs(leftMs);
  if (leftMs < 0 && sizeMs < MINUTE_MS) return { value: 'now', unit: '' };
  const sign = leftMs < 0 ? MINUS : '';
  const hours = Math.floor(sizeMs / HOUR_MS);
  if (sizeMs >= DAYS_FROM_MS)
    return { value: `${sign}${Math.floor(hours / 24)} d`, unit: `${hours % 24} h` };
  return { value: `${sign}${hours}:${two(Math.floor(sizeMs / MINUTE_MS) % 60)}`, unit: 'h' };
}

/**
 * When a countdown next reads otherwise: each second in the last hour, else each minute, or each hour. Always a
 * whole second, so that all countdowns on screen change at once.
 */
export function countdownChangesAt(dueAt: number, now: number): number {
  if (!Number.isFinite(dueAt)) return Number.POSITIVE_INFINITY;
  const leftMs = secondOf(dueAt) - secondOf(now);
  if (leftMs >= 0 && leftMs < HOUR_MS) return secondOf(now) + SECOND_MS;
  const unitMs = Math.abs(leftMs) >= DAYS_FROM_MS ? HOUR_MS : MINUTE_MS;
  const stepMs = leftMs >= 0 ? (leftMs % unitMs) + SECOND_MS : unitMs - (-leftMs % unitMs);
  return secondOf(now) + stepMs;
}

/** A length of counted time: `2 h`, `1:30 h`, `3 d 4 h`. */
export function lengthWords(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 60) return `${minutes} min`;
  if (ms >= DAYS_FROM_MS && minutes % 60 === 0) {
    const hours = minutes / 60;
    return hours % 24 === 0 ? `${hours} h` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
  }
  return minutes % 60 === 0
    ? `${minutes / 60} h`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)} h`;
}

/**
 * A length of counted time in hours and minutes, never days: a counted day is no day of the calendar. Rounded down
 * as countdowns are, so that what is used and what is left never add up to more than there is.
 */
export function hoursWords(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}${rest === 0 ? '' : `:${two(rest)}`} h`;
}

/** How long ago something was, coarsely: it is not a clock. */
export function agoWords(at: number, now: number): string {
  const ms = Math.max(0, now - at);
  if (ms < 10 * SECOND_MS) return 'just now';
  if (ms < MINUTE_MS) return `${Math.floor(ms / (10 * SECOND_MS)) * 10} s ago`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min ago`;
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ago`;
  return `${Math.floor(ms / DAY_MS)} days ago`;
}

/** When `agoWords` next reads otherwise. */
export function agoChangesAt(at: number, now: number): number {
  const ms = Math.max(0, now - at);
  const unitMs = ms < MINUTE_MS ? 10 * SECOND_MS : ms < HOUR_MS ? MINUTE_MS : HOUR_MS;
  return at + (Math.floor(ms / unitMs) + 1) * unitMs;
}

/** `14:37` in a zone; the machine's own where none is named. */
export function timeOfDay(at: number, timeZone?: string): string {
  return formatter('time', timeZone).format(at);
}

/**
 * `14:37` today, `Tue 14:37` within the next six days, `24 Nov 14:37` beyond, and for what is past, as seen from `now`
 * in the zone: a weekday is always one that comes.
 */
export function when(at: number, now: number, timeZone?: string): string {
  const day = formatter('day', timeZone);
  if (day.format(at) === day.format(now)) return timeOfDay(at, timeZone);
  const near = at > now && at - now < 6 * DAY_MS;
  return `${formatter(near ? 'weekday' : 'date', timeZone).format(at)} ${timeOfDay(at, timeZone)}`;
}

/** A calendar date such as 2026-12-25 as `Fri 25 Dec`; it has no zone. */
export function dayWords(date: string): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  return `${formatter('weekday', 'UTC').format(at)} ${formatter('date', 'UTC').format(at)}`;
}

/** The whole of it, for a title. */
export function fullTime(at: number, timeZone?: string): string {
  return formatter('full', timeZone).format(at);
}

/** Does the policy's zone show another time of day here and now? */
export function isOtherTime(at: number, timeZone: string): boolean {
  return formatter('full', timeZone).format(at) !== formatter('full').format(at);
}

/** An instant in the policy's zone, `09:07 UTC`; with its weekday where the date is another one there. */
export function zoneTime(at: number, timeZone: string): string {
  const day = formatter('day', timeZone).format(at) === formatter('day').format(at);
  const weekday = day ? '' : `${formatter('weekday', timeZone).format(at)} `;
  return `${weekday}${timeOfDay(at, timeZone)} ${zoneWords(timeZone)}`;
}

/** `UTC`, or the city of a zone: `Berlin`. */
export function zoneWords(timeZone: string): string {
  return timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone;
}

type Shape = 'time' | 'day' | 'weekday' | 'date' | 'full';

const shapes: Readonly<Record<Shape, Intl.DateTimeFormatOptions>> = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { year: 'numeric', month: '2-digit', day: '2-digit' },
  weekday: { weekday: 'short' },
  date: { day: 'numeric', month: 'short' },
  full: { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' },
};

// Making a formatter costs far more than using it.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(shape: Shape, timeZone?: string): Intl.DateTimeFormat {
  const key = `${shape} ${timeZone ?? ''}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...shapes[shape],
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  formatters.set(key, made);
  return made;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function secondOf(at: number): number {
  return Math.floor(at / SECOND_MS) * SECOND_MS;
}
