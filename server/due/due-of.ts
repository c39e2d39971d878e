import { DAY_MS } from '../../shared/base/time.ts';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { compileCalendar, dueAfter } from '../../shared/policy/calendar.ts';
import type { Calendar } from '../../shared/policy/calendar.ts';
import { isTimeZone } from '../../shared/policy/check-document.ts';
import { hoursMs } from '../../shared/policy/compiled-policy.ts';
import { buildDayTable } from '../../shared/policy/day-table.ts';
import type { DayTable } from '../../shared/policy/policy-document.ts';
import type { DueQuestion } from './question.ts';

/** The due of a question by the policy's own calendar (C8), ms since epoch, or why there is none. */
export type DueOf = (question: DueQuestion) => Result<number, string>;

type Table = { days: DayTable; startsAt: Float64Array; untilAt: number };

/** Starts of so many years share a day table; it reaches beyond them as far as the targets that were asked for. */
const WINDOW_MS = 4 * 366 * DAY_MS;
const AHEAD_MS = 120 * DAY_MS;
/** What is kept at most: some tens of megabytes. */
const MOST_TABLES = 1_000;
const MOST_CALENDARS = 2_000;
const MOST_ZONES = 2_000;

/** Keeps day tables and calendars of what was asked before, so that a line costs two look-ups. */
export function dueCalculator(): DueOf {
  const zones = recent<boolean>(MOST_ZONES);
  const tables = recent<Table>(MOST_TABLES);
  const calendars = recent<{ table: Table; calendar: Calendar }>(MOST_CALENDARS);

  function tableOf(zone: string, window: number, untilAt: number): Table {
    const key = `${zone} ${window}`;
    const known = tables.get(key);
    if (known !== undefined && known.untilAt >= untilAt) return known;
    // A day more at the start: the first local date may begin before the window.
    const days = buildDayTable(zone, window * WINDOW_MS - 2 * DAY_MS, untilAt);
    const table = { days, startsAt: Float64Array.from(days.startsAt), untilAt };
    tables.put(key, table);
    return table;
  }

  function calendarOf({ zone, holidays }: DueQuestion, window: number, untilAt: number) {
    const table = tableOf(zone, window, untilAt);
    const key = `${zone} ${window} ${holidays.join()}`;
    const known = calendars.get(key);
    if (known?.table === table) return known.calendar;
    const calendar = compileCalendar(table.days, holidays, table.startsAt);
    calendars.put(key, { table, calendar });
    return calendar;
  }

  return (question) => {
    const { zone, start, hours, calendar } = question;
    const isZone = zones.get(zone) ?? zones.put(zone, isTimeZone(zone));
    if (!isZone) return err(`zone: no such IANA time zone: ${zone}`);
    const targetMs = hoursMs(hours);
    if (calendar === 'always') return ok(start + targetMs);
    const window = Math.floor(start / WINDOW_MS);
    // Six days of seven count, and holidays only lengthen: further ahead where it does not end in that.
    let aheadMs = AHEAD_MS;
    while (aheadMs < targetMs * 1.25) aheadMs *= 2;
    for (const lastMs = aheadMs * 64; aheadMs <= lastMs; aheadMs *= 2) {
      const untilAt = (window + 1) * WINDOW_MS + aheadMs;
      const dueAt = dueAfter(calendarOf(question, window, untilAt), start, targetMs);
      if (Number.isFinite(dueAt)) return ok(dueAt);
    }
    return err('holidays: the target never ends among so many');
  };
}

/** What was put or asked for last, at most so many. */
function recent<T>(most: number): {
  get: (key: string) => T | undefined;
  put: (key: string, value: T) => T;
} {
  const kept = new Map<string, T>();
  return {
    get: (key) => kept.get(key),
    put: (key, value) => {
      kept.delete(key);
      kept.set(key, value);
      if (kept.size > most) {
        const [oldest] = kept.keys();
        if (oldest !== undefined) kept.delete(oldest);
      }
      return value;
    },
  };
}
