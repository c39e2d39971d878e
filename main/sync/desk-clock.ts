import type { Time } from '../../shared/base/time.ts';
import { errorMs, meet, middleMs, spanLater, spanOf } from './desk-span.ts';
import type { DeskSpan } from './desk-span.ts';
import type { SteadyClock } from './steady-clock.ts';

/** What is kept of it for the next run. */
export type ClockFacts = {
  /** Desk clock less this machine's now, ms; null before the first answer ever. */
  offsetMs: number | null;
  /** When the desk last told the time; ms since epoch, desk time. Null where nobody knows. */
  confirmedAt: number | null;
};

/** What a measurement found; ms. */
export type Measured = {
  /** By how much desk time moved here. */
  movedMs: number;
  /** By how much it can still be wrong. */
  errorMs: number;
};

/**
 * Desk time as this console estimates it (C9). Once the desk has told the time in this run, it goes on by the steady
 * clock, and setting this machine's clock does not move it. Before that nothing is known but this machine's clock
 * and how far it was off in an earlier run.
 */
export type DeskClock = Time & {
  /** Goes on evenly, from any beginning, whatever is set. */
  steadyMs: () => number;
  /** Has the desk told the time in this run? */
  isConfirmed: () => boolean;
  facts: () => ClockFacts;
  /** The desk read `deskNowMs` off its clock after `askedMs`, by the steady clock, and before now. */
  measure: (deskNowMs: number, askedMs: number) => Measured;
  /** What an earlier run knew; what is known in this run stays. */
  restore: (facts: ClockFacts) => void;
};

export function deskClock(wall: Time, steady: SteadyClock): DeskClock {
  let span: DeskSpan | null = null;
  let known: ClockFacts = { offsetMs: null, confirmedAt: null };

  const exactMs = (): number =>
    span === null ? wall.nowMs() + (known.offsetMs ?? 0) : middleMs(span) + steady().ms;

  return {
    // As every clock of whole milliseconds says it.
    nowMs: () => Math.floor(exactMs()),
    steadyMs: () => steady().ms,
    isConfirmed: () => span !== null,
    facts: () =>
      span === null ? known : { ...known, offsetMs: Math.floor(exactMs()) - wall.nowMs() },
    measure: (deskNowMs, askedMs) => {
      const beforeMs = exactMs();
      const at = steady();
      const told = spanOf(deskNowMs, askedMs, at);
      // Where it lies outside of what was possible, the desk's clock was set, and it is the desk's that counts.
      span = (span === null ? null : meet(spanLater(span, at), told)) ?? told;
      known = { ...known, confirmedAt: Math.floor(exactMs()) };
      return { movedMs: exactMs() - beforeMs, errorMs: errorMs(span) };
    },
    // Only these two: what is given may hold more, and `facts` must never give that back.
    restore: ({ offsetMs, confirmedAt }) => {
      if (span === null) known = { offsetMs, confirmedAt };
    },
  };
}
