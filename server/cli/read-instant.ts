import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { readLocalTime } from '../log-import/local-time.ts';

/** A time that names its zone (Z or an offset), ms since epoch; null where it is another thing. */
export function readZonedTime(text: string): number | null {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:?\d\d)$/i.exec(text.trim());
  if (match === null) return null;
  const [, date, time, zone = ''] = match;
  const instant = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(instant) ? null : instant;
}

/** A time with its zone, or one without, which is local to the given one. */
export function readInstant(text: string, timeZone: string): Result<number, string> {
  const at = readZonedTime(text) ?? readLocalTime(text.trim(), timeZone);
  return at === null
    ? err(`"${text}" is not a time such as 2026-06-01T12:00 (${timeZone}) or 2026-06-01T12:00Z`)
    : ok(at);
}
