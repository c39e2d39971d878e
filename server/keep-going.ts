import { HOUR_MS } from '../shared/base/time.ts';
import { sweepBlobs } from './blobs/sweep-blobs.ts';
import type { Desk } from './desk.ts';
import { retireTickets } from './sync/retire-tickets.ts';
import { settleDue } from './sync/settle-due.ts';

/** How often a desk looks for dues that were missed by time alone (C11). */
const SETTLE_EVERY_MS = 15_000;

/** What a desk does by itself while it serves. Gives how to stop it; it then waits for what is under way. */
export function keepGoing(desk: Desk): () => Promise<void> {
  const loops = [
    every(desk, SETTLE_EVERY_MS, async () => {
      while ((await settleDue(desk)) > 0);
    }),
    every(desk, HOUR_MS, async () => {
      while ((await retireTickets(desk)) > 0);
      while ((await sweepBlobs(desk)) > 0);
    }),
  ];
  return async () => {
    await Promise.all(loops.map((stop) => stop()));
  };
}

/** Does the work now and again `everyMs` after it ended; a failure is logged and tried again. */
export function every(desk: Desk, everyMs: number, work: () => Promise<void>): () => Promise<void> {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const run = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      desk.around.log(`desk: ${error instanceof Error ? error.name : 'a task failed'}`);
    }
    if (!isStopped) timer = setTimeout(start, everyMs);
  };
  let underWay = Promise.resolve();
  const start = (): void => {
    underWay = run();
  };
  start();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await underWay;
  };
}
