import { tzOffset } from '@date-fns/tz';
import { DAY_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';

/** The zone of a log that names none. */
export const logTimeZone = 'Europe/Rome';

const pattern = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?$/;

/**
 * A local time of a zone, such as 2012-06-01T12:00, as ms since epoch UTC; null where it is none. Of an hour that
 * comes twice it is the first; one that the clocks skip counts as if they had not been put forward yet.
 */
export function readLocalTime(text: string, timeZone: string): number | null {
  const parts = pattern.exec(text);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => (part === undefined ? 0 : Number(part)));
  // Around these years no offset and no shift of a log to now leads out of the range of instants.
  if (year < 1990 || year > 2100) return null;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const shown = new Date(wall).toISOString().slice(0, 19);
  if (!shown.startsWith(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}`)) return null;
  if (second > 59) return null;
  const offsets = [wall - DAY_MS, wall + DAY_MS].map((near) => offsetMs(timeZone, near));
  const candidates = offsets.map((offset) => wall - offset);
  const right = candidates.filter((at) => at + offsetMs(timeZone, at) === wall);
  return right.length > 0 ? Math.min(...right) : (candidates[0] ?? wall);
}

/** Reads the moment at which a log is taken: a local time of the log's zone, without one of its own. */
export function parseAsOf(text: string): Result<number, string> {
  const trimmed = text.trim();
  const at = readLocalTime(
    /^\d{4}-\d\d-\d\d$/.test(trimmed) ? `${trimmed}T00:00` : trimmed,
    logTimeZone,
  );
  return at === null
    ? err(`"${text}" is not a time such as 2012-06-01T12:00 (local time, ${logTimeZone})`)
    : ok(at);
}

function offsetMs(timeZone: string, at: number): number {
  return tzOffset(timeZone, new Date(at)) * MINUTE_MS;
}
