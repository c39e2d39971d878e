/** Desk time as this console reckons it: the machine's clock and the measured offset (C9). */
export type DeskClock = {
  /** ms since epoch, desk time. */
  now: () => number;
  /** Desk clock less this machine's, ms; null keeps the last one. True where it moved by over a second. */
  setOffset: (offsetMs: number | null) => boolean;
  /** This machine's own instant as desk time, for what main stamped by its clock. */
  fromMachine: (at: number) => number;
};

/** The renderer's one reading of the machine's clock. */
export function machineNow(): number {
  return Date.now();
}

export function createDeskClock(machine: () => number): DeskClock {
  let offsetMs = 0;
  return {
    now: () => machine() + offsetMs,
    setOffset: (measuredMs) => {
      if (measuredMs === null) return false;
      const moved = Math.abs(measuredMs - offsetMs) > 1_000;
      offsetMs = measuredMs;
      return moved;
    },
    fromMachine: (at) => at + offsetMs,
  };
}
