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

const planned = new WeakMap<Console, () => void>();
/** Rows that come in one message after another are shown so often. */
const SOON_MS = 150;

/** As `queueChanged`, once for all that changes within a moment: showing 50,000 tickets takes longer than adding 500. */
export function queueChangedSoon(console: Console): void {
  if (planned.has(console)) return;
  const cancel = console.timers.after(SOON_MS, () => {
    planned.delete(console);
    queueChanged(console);
  });
  planned.set(console, cancel);
}

/** To be called after each change of the queue: shows it, and waits for its next edge. */
export function queueChanged(console: Console): void {
  planned.get(console)?.();
  planned.delete(console);
  showQueue(console);
  scheduleEdges(console, () => {
    setContext(console);
  });
  const { selectedId } = console.state.getState();
  if (selectedId === null) selectEnd(console, 'first');
}
