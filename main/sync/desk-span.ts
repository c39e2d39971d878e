import type { SteadyReading } from './steady-clock.ts';

/**
 * Where the desk's clock lies for all that is known (C9): desk time less the steady clock's is within `lowMs` to
 * `highMs`. A round trip gives such a span: the desk read its clock after the question and before the answer. The
 * desk's clock lies where the spans of all round trips meet, so that a slow or lopsided one does no harm.
 */
export type DeskSpan = { lowMs: number; highMs: number; at: SteadyReading };

/** Two clocks of quartz go apart by no more: 0.1 ms in a second. */
const DRIFT = 100e-6;
/** The desk tells whole milliseconds. */
const DESK_STEP_MS = 1;

/** The span of one round trip. `askedMs` is by the steady clock, `at` its reading after the answer. */
export function spanOf(deskNowMs: number, askedMs: number, at: SteadyReading): DeskSpan {
  const lowMs = deskNowMs - at.ms;
  // Never turned round, whatever a clock does: a span that is too narrow gives way to the next one.
  const highMs = Math.max(lowMs, deskNowMs - askedMs) + DESK_STEP_MS;
  return { lowMs, highMs, at };
}

/** What it says later: clocks drift, and sleep is measured coarsely. */
export function spanLater(span: DeskSpan, at: SteadyReading): DeskSpan {
  const wider = (at.ms - span.at.ms) * DRIFT + (at.doubtMs - span.at.doubtMs);
  return { lowMs: span.lowMs - wider, highMs: span.highMs + wider, at };
}

/** Where two spans of one instant meet; null where they do not: one of the clocks was set in between. */
export function meet(a: DeskSpan, b: DeskSpan): DeskSpan | null {
  const lowMs = Math.max(a.lowMs, b.lowMs);
  const highMs = Math.min(a.highMs, b.highMs);
  return lowMs > highMs ? null : { lowMs, highMs, at: b.at };
}

export function middleMs({ lowMs, highMs }: DeskSpan): number {
  return (lowMs + highMs) / 2;
}

/** By how much the middle can be wrong. */
export function errorMs({ lowMs, highMs }: DeskSpan): number {
  return (highMs - lowMs) / 2;
}
