import type { Console } from './console.ts';
import { queueChanged } from './queue-changed.ts';
import { openTicket } from './selection.ts';

/** The first rows from main's watch table once more: the console runs from them while the replica is rebuilt (S12). */
export async function takeFirstRows(console: Console): Promise<void> {
  queueChanged(console);
  const started = await console.bridge.call('console.start', {});
  if (!started.ok) return;
  console.queue.putRows(started.value.firstRows, console.clock.now());
  queueChanged(console);
  if (started.value.openTicketId !== null) openTicket(console, started.value.openTicketId);
}
