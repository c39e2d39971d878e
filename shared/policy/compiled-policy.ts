import { HOUR_MS, MINUTE_MS } from '../base/time.ts';
import { compileCalendar, countedBetween, dueAfter } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import type { CalendarKind } from './clock.ts';
import type { PolicyVersion } from './policy-document.ts';
import type { Severity } from './severity.ts';

/** A policy version made ready for counting. */
export type CompiledPolicy = PolicyVersion & { calendar: Calendar };

export function compilePolicy(policy: PolicyVersion): CompiledPolicy {
  return { ...policy, calendar: compileCalendar(policy.days, policy.document.holidays) };
}

/** Critical counts around the clock, the others in business days (P2, C8). */
export function calendarFor(severity: Severity): CalendarKind {
  return severity === 'critical' ? 'always' : 'business';
}

/** Dues are whole milliseconds, whatever fraction of an hour a policy names. */
export function hoursMs(hours: number): number {
  return Math.round(hours * HOUR_MS);
}

export function targetMs(policy: CompiledPolicy, severity: Severity): number {
  return hoursMs(policy.document.targetHours[severity]);
}

export function atRiskMs(policy: CompiledPolicy, severity: Severity): number {
  return Math.round(policy.document.atRiskMinutes[severity] * MINUTE_MS);
}

/** The due of a target from an instant, on the calendar of a kind (C8). */
export function dueOn(
  policy: CompiledPolicy,
  kind: CalendarKind,
  fromAt: number,
  durationMs: number,
): number {
  return kind === 'always' ? fromAt + durationMs : dueAfter(policy.calendar, fromAt, durationMs);
}

/** Counted ms between two instants on the calendar of a kind (C8). */
export function countedOn(
  policy: CompiledPolicy,
  kind: CalendarKind,
  fromAt: number,
  toAt: number,
): number {
  return kind === 'always'
    ? Math.max(0, toAt - fromAt)
    : countedBetween(policy.calendar, fromAt, toAt);
}

/** The due of a severity's own target from an instant (C1, C3, C5). */
export function dueForSeverity(policy: CompiledPolicy, severity: Severity, fromAt: number): number {
  return dueOn(policy, calendarFor(severity), fromAt, targetMs(policy, severity));
}
