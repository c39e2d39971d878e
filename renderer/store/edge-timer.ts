import type { Console } from './console.ts';
import { nextDayStart } from './day-start.ts';
import { showQueue } from './show-queue.ts';

const timers = new WeakMap<Console, ReturnType<typeof setTimeout>>();
/** A timer set for longer would not see a changed clock. */
const LONGEST_MS = 60_000;

/**
 * Sets the one timer to the next band edge, or midnight, whichever is nearer (U4). `onNewDay` reckons everything
 * anew, since "today" is another day.
 */
export function scheduleEdges(console: Console, onNewDay: () => void): void {
  const midnightAt = nextDayStart(console.clock.now());
  const step = (): void => {
    clearTimeout(timers.get(console));
    const now = console.clock.now();
    const nextAt = Math.min(console.queue.nextEdgeAt(), midnightAt);
    const delayMs = Math.min(LONGEST_MS, Math.max(0, nextAt - now));
    timers.set(
      console,
      setTimeout(() => {
        const at = console.clock.now();
        if (at >= midnightAt) {
          onNewDay();
          showQueue(console);
          scheduleEdges(console, onNewDay);
          return;
        }
        if (console.queue.advance(at)) showQueue(console);
        step();
      }, delayMs),
    );
  };
  step();
}
