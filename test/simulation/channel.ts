import type { Prng } from './prng.ts';
import type { Process } from './process.ts';

/** Messages between two processes of one machine: in order, none lost while both live. */
export function channel<T>(
  from: Process,
  to: Process,
  random: Prng,
  received: (message: T) => void,
  slowestMs = 3,
): (message: T) => void {
  const waiting: T[] = [];
  return (message) => {
    if (!from.isAlive()) return;
    waiting.push(message);
    // Whichever comes first brings the oldest: the order stays.
    to.timers.after(random.int(0, slowestMs), () => {
      const next = waiting.shift();
      if (next !== undefined) received(next);
    });
  };
}
