/** Time as it is passed in. Nothing in shared/ asks the machine for it. */
export type Time = {
  /** Milliseconds since epoch, UTC. */
  readonly nowMs: () => number;
};

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
