import type { Timers } from '../../shared/base/timers.ts';

/** This machine's timers. */
export const machineTimers: Timers = {
  after: (ms, step) => {
    const timer = setTimeout(step, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
