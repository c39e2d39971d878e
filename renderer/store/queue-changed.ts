import type { Console } from './console.ts';
import { dayStart } from './day-start.ts';
import { scheduleEdges } from './edge-timer.ts';
import { selectEnd } from './selection.ts';
import { showQueue } from './show-queue.ts';

/** Brings the queue up to the policy, the agent and the day that it is reckoned by. */
export function setContext(console: Console): void {
  const { policy, agent } = console.state.getState();
  const now = console.clock.now();
  console.queue.setContext({ policy, agent, dayStartAt: dayStart(now) }, now);
}

/** To be called after each change of the queue: shows it, and waits for its next edge. */
export function queueChanged(console: Console): void {
  showQueue(console);
  scheduleEdges(console, () => {
    setContext(console);
  });
  const { selectedId } = console.state.getState();
  if (selectedId === null) selectEnd(console, 'first');
}
