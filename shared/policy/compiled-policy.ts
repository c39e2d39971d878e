import { unreachable } from '../base/assert.ts';
import { HOUR_MS, MINUTE_MS } from '../base/time.ts';
import { compileCalendar, countedBetween, dueAfter } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import type { PolicyDocument, PolicyVersion } from './policy-document.ts';
import type { Severity } from './severity.ts';
import type { CalendarKind } from './trace-step.ts';

/** A policy version made ready for counting. */
export type CompiledPolicy = PolicyVersion & {
  calendar: Calendar;
  /** Targets and at-risk windows by severity, whole ms. */
  targetsMs: Readonly<Record<Severity, number>>;
  windowsMs: Readonly<Record<Severity, number>>;
  /** Null where the clock is switched off (C2). */
  firstContactMs: number | null;
  progressUpdateMs: number;
};

export function compilePolicy(policy: PolicyVersion): CompiledPolicy {
  const { document, days } = policy;
  return {
    ...policy,
    calendar: compileCalendar(days, document.holidays),
    targetsMs: inMs(document.targetHours, HOUR_MS),
    windowsMs: inMs(document.atRiskMinutes, MINUTE_MS),
    firstContactMs:
      document.firstContactHours === null ? null : hoursMs(document.firstContactHours),
    progressUpdateMs: hoursMs(document.progressUpdateDays * 24),
  };
}

function inMs(
  values: PolicyDocument['targetHours'],
  unitMs: number,
): Readonly<Record<Severity, number>> {
  return {
    critical: Math.round(values.critical * unitMs),
    high: Math.round(values.high * unitMs),
    medium: Math.round(values.medium * unitMs),
    low: Math.round(values.low * unitMs),
  };
}

/** What a severity counts by: the mark of a server fault goes with it where the policy minds it. */
export type Class = { severity: Severity; serverFault: boolean };

/** Critical counts around the clock, a server fault where the policy says so, the others in business days (P2, C8, C15). */
export function calendarFor(
  policy: CompiledPolicy,
  { severity, serverFault }: Class,
): CalendarKind {
  return severity === 'critical' || (serverFault && policy.document.serverSupport24x7)
    ? 'always'
    : 'business';
}

/** Dues are whole milliseconds, whatever fraction of an hour a policy names. */
export function hoursMs(hours: number): number {
  return Math.round(hours * HOUR_MS);
}

export function targetMs(policy: CompiledPolicy, severity: Severity): number {
  return bySeverity(policy.targetsMs, severity);
}

export function atRiskMs(policy: CompiledPolicy, severity: Severity): number {
  return bySeverity(policy.windowsMs, severity);
}

/** A look-up by a name that varies is a search; by four names it is not. */
function bySeverity(values: Readonly<Record<Severity, number>>, severity: Severity): number {
  switch (severity) {
    case 'critical':
      return values.critical;
    case 'high':
      return values.high;
    case 'medium':
      return values.medium;
    case 'low':
      return values.low;
    default:
      return unreachable(severity);
  }
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

/** The due of a class's own target from an instant (C1, C3, C5). */
export function dueForClass(policy: CompiledPolicy, given: Class, fromAt: number): number {
  return dueOn(policy, calendarFor(policy, given), fromAt, targetMs(policy, given.severity));
}
