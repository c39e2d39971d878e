import type { Activity, LogEvent } from './log-row.ts';

/** With what a case begins, unless the log took it up in the middle. */
export const beginnings: ReadonlySet<Activity> = new Set(['Insert ticket', 'Assign seriousness']);

/** The same case, activity, resource and instant twice is one event. */
export function withoutDuplicates(events: readonly LogEvent[]): LogEvent[] {
  const seen = new Set<string>();
  return events.filter((event) => {
    const key = `${event.case} ${event.activity} ${event.resource} ${event.at}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Each case's events by time; those of one instant stay as they stand in the log. */
export function byCase(events: readonly LogEvent[]): Map<string, LogEvent[]> {
  const cases = new Map<string, LogEvent[]>();
  for (const event of events.toSorted((a, b) => a.at - b.at)) {
    const known = cases.get(event.case);
    if (known === undefined) cases.set(event.case, [event]);
    else known.push(event);
  }
  return cases;
}
