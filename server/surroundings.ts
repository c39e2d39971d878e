import { randomBytes, randomUUID } from 'node:crypto';
import type { Timers } from '../shared/base/timers.ts';

/** Time, chance and the log, passed to everything on the desk that needs them. */
export type Surroundings = {
  /** This machine's clock, ms since epoch. */
  nowMs: () => number;
  /** 64 random bits as 16 hex digits (S1). */
  newMark: () => string;
  /** A new opaque id. */
  newId: () => string;
  timers: Timers;
  /** A line for the operator. Holds nothing secret and nothing that a customer wrote (X4). */
  log: (line: string) => void;
};

/** The real ones. */
export function thisMachine(log: (line: string) => void): Surroundings {
  return {
    nowMs: () => Date.now(),
    newMark: () => randomBytes(8).toString('hex'),
    newId: () => randomUUID(),
    timers: {
      after: (ms, step) => {
        const timer = setTimeout(step, ms);
        return () => {
          clearTimeout(timer);
        };
      },
    },
    log,
  };
}
