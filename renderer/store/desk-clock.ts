/** Desk time as this console reckons it: the machine's clock and the offset that main tells (C9). */
export type DeskClock = {
  /** ms since epoch, desk time. */
  now: () => number;
  /** Desk clock less this machine's, ms; null keeps the last one. True where desk time moved by over a second. */
  setOffset: (offsetMs: number | null) => boolean;
};

/** The renderer's one reading of the machine's clock. */
export function machineNow(): number {
  return Date.now();
}

/** Goes on whatever the machine's clock is set to; ms since the page was there. */
function pageAgeMs(): number {
  return performance.now();
}

/** Less is the coarseness of clocks, or a better measurement. */
const MOVED_FROM_MS = 1_000;

export function createDeskClock(machine: () => number, ageMs: () => number = pageAgeMs): DeskClock {
  let offsetMs = 0;
  /** Where desk time was last found, less the page's age: it moved where that is another one now. */
  let bornAt = machine() - ageMs();
  return {
    now: () => machine() + offsetMs,
    setOffset: (toldMs) => {
      offsetMs = toldMs ?? offsetMs;
      // Not by the offset alone: main tells it because the machine's clock was set, before or after this page read it.
      const bornNowAt = machine() + offsetMs - ageMs();
      const moved = Math.abs(bornNowAt - bornAt) > MOVED_FROM_MS;
      // Small steps add up until they count.
      if (moved) bornAt = bornNowAt;
      return moved;
    },
  };
}
