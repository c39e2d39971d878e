import { HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import type { CalendarKind } from '../../shared/policy/trace-step.ts';
import { atRiskMs, calendarFor, countedOn, targetMs } from '../../shared/policy/compiled-policy.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import type { Severity } from '../../shared/policy/severity.ts';

/** Where the due of the clock that binds should lie, seen from now. */
export type DueWish =
  /** Late by so much counted time. */
  | { kind: 'overdue'; byMs: number }
  /** Inside the at-risk window (U1): 0 is now, 1 is the window's edge. */
  | { kind: 'at-risk'; fraction: number }
  /** So much counted time is left. */
  | { kind: 'left'; leftMs: number }
  /** Beyond the at-risk window: 0 is its edge, 1 is a run that begins now. */
  | { kind: 'on-track'; fraction: number };

/** A run of a clock: its target, and how it is counted and banded. */
export type Run = { targetMs: number; calendar: CalendarKind; windowMs: number };

/** C1, C3 and C5 of a severity. */
export function severityRun(policy: CompiledPolicy, severity: Severity): Run {
  return {
    targetMs: targetMs(policy, severity),
    calendar: calendarFor(policy, { severity, serverFault: false }),
    windowMs: atRiskMs(policy, severity),
  };
}

/** C2 of a ticket of that severity; the at-risk window is the ticket's (C17). */
export function firstContactRun(policy: CompiledPolicy, severity: Severity): Run {
  return {
    targetMs: (policy.document.firstContactHours ?? 24) * HOUR_MS,
    calendar: 'business',
    windowMs: atRiskMs(policy, severity),
  };
}

/** C4 of a ticket of that severity. */
export function updateRun(policy: CompiledPolicy, severity: Severity): Run {
  return {
    targetMs: policy.document.progressUpdateDays * 24 * HOUR_MS,
    calendar: 'business',
    windowMs: atRiskMs(policy, severity),
  };
}

/**
 * The instant from which a run must count for its due to lie as wished, or null where the calendar has no such
 * place: on a Sunday nothing that counts in business days falls due within a few hours (C8). Never later than a
 * moment before now. ms since epoch.
 */
export function startFor(
  policy: CompiledPolicy,
  run: Run,
  wish: DueWish,
  nowMs: number,
): number | null {
  const usedMs = usedBy(policy, run, wish, nowMs);
  if (usedMs === null) return null;
  return Math.min(countedBack(policy, run.calendar, nowMs, usedMs), nowMs - 20_000);
}

/** Counted time that the run has used up by now. */
function usedBy(policy: CompiledPolicy, run: Run, wish: DueWish, nowMs: number): number | null {
  const insideMs = countedOn(policy, run.calendar, nowMs, nowMs + run.windowMs);
  switch (wish.kind) {
    case 'overdue':
      return run.targetMs + wish.byMs;
    case 'left':
      return run.targetMs - wish.leftMs;
    case 'at-risk':
      // With hardly anything open inside the window, all would be due in the same minute.
      return insideMs < 5 * MINUTE_MS ? null : run.targetMs - insideMs * wish.fraction;
    case 'on-track':
      return (run.targetMs - insideMs - MINUTE_MS) * (1 - wish.fraction);
  }
}

/** The latest instant with so much counted time between it and `untilMs`. */
export function countedBack(
  policy: CompiledPolicy,
  calendar: CalendarKind,
  untilMs: number,
  countedMs: number,
): number {
  if (calendar === 'always' || countedMs <= 0) return untilMs - Math.max(0, countedMs);
  // A week holds six business days: twice the time and a week reach back far enough without holidays.
  let low = untilMs - 2 * countedMs - 7 * 24 * HOUR_MS;
  let high = untilMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (countedOn(policy, calendar, middle, untilMs) >= countedMs) low = middle;
    else high = middle;
  }
  return low;
}
