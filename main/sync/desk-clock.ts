import type { Time } from '../../shared/base/time.ts';

/** Desk time as this console estimates it (C9): its own clock and the offset last measured. */
export type DeskClock = Time & {
  /** Desk clock less this machine's, ms; null before the first answer. */
  offsetMs: () => number | null;
  /** `deskNowMs` was read somewhere in a round trip that took `roundTripMs` and has just ended. */
  measure: (deskNowMs: number, roundTripMs: number) => number;
  /** What was measured in an earlier run; one that was measured in this run stays. */
  restore: (offsetMs: number | null) => void;
  /** How many times it was measured. */
  measurements: () => number;
};

export function deskClock(wall: Time): DeskClock {
  let offset: number | null = null;
  let measurements = 0;
  return {
    nowMs: () => Math.round(wall.nowMs() + (offset ?? 0)),
    offsetMs: () => offset,
    measure: (deskNowMs, roundTripMs) => {
      measurements += 1;
      offset = Math.round(deskNowMs + roundTripMs / 2 - wall.nowMs());
      return offset;
    },
    restore: (offsetMs) => {
      if (measurements === 0) offset = offsetMs;
    },
    measurements: () => measurements,
  };
}
