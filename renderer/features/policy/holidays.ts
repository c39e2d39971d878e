/** Dates are ISO calendar dates such as 2026-12-25, which sort as text. */

/** Upcoming ones, nearest first, and past ones, latest first; `today` counts as upcoming. */
export function splitHolidays(
  holidays: readonly string[],
  today: string,
): { upcoming: string[]; past: string[] } {
  const sorted = holidays.toSorted();
  return {
    upcoming: sorted.filter((date) => date >= today),
    past: sorted.filter((date) => date < today).toReversed(),
  };
}

/** The dates in a text that somebody pasted, each once, that are not there yet. */
export function pastedDates(text: string, known: readonly string[]): string[] {
  const found = text.match(/\b\d{4}-\d{2}-\d{2}\b/g) ?? [];
  return [...new Set(found)].filter((date) => !known.includes(date)).toSorted();
}

/** The calendar date at an instant in a zone; in UTC where the zone is none. */
export function dateIn(at: number, timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(at);
  } catch {
    return new Date(at).toISOString().slice(0, 10);
  }
}
