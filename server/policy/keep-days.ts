import { DAY_MS } from '../../shared/base/time.ts';
import type { DayTable } from '../../shared/policy/policy-document.ts';

/**
 * A renewed day table with the days that the one before had as they were (C15): time-zone data may have changed
 * since, and only new rules may move a due (C14). The same dates otherwise.
 */
export function keepDays(before: DayTable, renewed: DayTable): DayTable {
  const shift = dayNumber(renewed.firstDate) - dayNumber(before.firstDate);
  return {
    firstDate: renewed.firstDate,
    startsAt: renewed.startsAt.map((startAt, day) => before.startsAt[day + shift] ?? startAt),
  };
}

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}
