import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { DAY_MS } from '../../shared/base/time.ts';
import type { CalendarKind } from '../../shared/policy/trace-step.ts';
import { readJson } from '../cli/read-json.ts';
import { zoneOf } from './zone.ts';

/** When is a target used up? */
export type DueQuestion = {
  /** IANA name as this machine's time-zone data spells it. */
  zone: string;
  /** ms since epoch, UTC. */
  startAt: number;
  /** Counted hours; 0 and fractions too. */
  hours: number;
  /** Dates that do not count, as days since 1970-01-01, ascending, each once. */
  holidays: readonly number[];
  calendar: CalendarKind;
};

/** 1900-01-01 to the end of 2999, UTC. */
const FIRST_START = Date.UTC(1900, 0, 1);
const END_OF_STARTS = Date.UTC(3000, 0, 1);
/** A century of counting: the due has a year of four digits, whatever does not count. */
const MAX_HOURS = 1_000_000;

const fields = ['zone', 'start', 'hours', 'holidays', 'calendar'];

/**
 * Reads one line, or says what is wrong and where. By hand and not by a schema: the calculator is to be there at
 * once, and reading its schema's library takes longer than all the rest of its start.
 */
export function readQuestion(line: string): Result<DueQuestion, string> {
  if (line.trim() === '') return err('the line is empty');
  const json = readJson(line);
  if (!json.ok) return err(`not JSON: column ${json.error.column}: ${json.error.reason}`);
  const given = json.value;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return err('not an object such as {"zone":"Europe/Berlin","start":0,"hours":24}');
  for (const name of Object.keys(given))
    if (!fields.includes(name)) return err(`${shown(name)}: there is no such field`);
  const of: { readonly [field: string]: unknown } = { ...given };
  const zone = readZone(of['zone']);
  if (!zone.ok) return zone;
  const startAt = readNumber('start', of['start']);
  if (!startAt.ok) return startAt;
  if (!Number.isInteger(startAt.value)) return err('start: is not a whole number of ms');
  if (startAt.value < FIRST_START || startAt.value >= END_OF_STARTS)
    return err('start: is not from 1900 to 2999');
  const hours = readNumber('hours', of['hours']);
  if (!hours.ok) return hours;
  if (hours.value < 0 || hours.value > MAX_HOURS)
    return err(`hours: is not from 0 to ${MAX_HOURS}`);
  const holidays = readHolidays(of['holidays']);
  if (!holidays.ok) return holidays;
  const calendar = of['calendar'] === undefined ? 'business' : of['calendar'];
  if (calendar !== 'business' && calendar !== 'always')
    return err('calendar: is not "business" or "always"');
  return ok({
    zone: zone.value,
    startAt: startAt.value,
    hours: hours.value,
    holidays: holidays.value,
    calendar,
  });
}

function readZone(given: unknown): Result<string, string> {
  if (given === undefined) return err('zone: is missing');
  if (typeof given !== 'string') return err('zone: is not text');
  const zone = zoneOf(given);
  return zone === null ? err(`zone: no such IANA time zone: ${shown(given)}`) : ok(zone);
}

function readNumber(field: string, given: unknown): Result<number, string> {
  if (given === undefined) return err(`${field}: is missing`);
  return typeof given === 'number' ? ok(given) : err(`${field}: is not a number`);
}

function readHolidays(given: unknown): Result<readonly number[], string> {
  if (given === undefined) return ok([]);
  if (!Array.isArray(given)) return err('holidays: is not a list');
  const dates: readonly unknown[] = given;
  const days: number[] = [];
  let isAscending = true;
  for (const [index, date] of dates.entries()) {
    const day = typeof date === 'string' ? dayNumber(date) : null;
    if (day === null) return err(`holidays.${index}: is not a date such as "2026-12-25"`);
    isAscending &&= day > (days.at(-1) ?? Number.NEGATIVE_INFINITY);
    days.push(day);
  }
  return ok(isAscending ? days : [...new Set(days)].toSorted((a, b) => a - b));
}

/** Lists of holidays name the same dates again and again. */
const MOST_DATES = 50_000;
const knownDates = new Map<string, number>();

/** Days since 1970-01-01 of a calendar date; null where there is none of that name. */
function dayNumber(date: string): number | null {
  const known = knownDates.get(date);
  if (known !== undefined) return known;
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return null;
  const at = Date.parse(`${date}T00:00:00Z`);
  // The 30th of February is read as the 2nd of March.
  if (Number.isNaN(at) || new Date(at).getUTCDate() !== Number(date.slice(8))) return null;
  if (knownDates.size >= MOST_DATES) knownDates.clear();
  knownDates.set(date, at / DAY_MS);
  return at / DAY_MS;
}

/** As much of what was written as a message may show. */
function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
