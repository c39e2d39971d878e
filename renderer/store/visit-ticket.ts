import type { Entry } from '../../shared/tickets/entry.ts';
import type { Console } from './console.ts';
import { showQueue } from './show-queue.ts';
import { merged } from './take-entries.ts';

/**
 * Reads a ticket from the desk that the replica does not hold, or not all of it: closed long ago, or still to be
 * fetched (S15). Where the desk cannot be asked, what is `here` is shown.
 */
export async function visitTicket(
  console: Console,
  ticketId: string,
  here: readonly Entry[],
): Promise<void> {
  const { state, queue, bridge, clock } = console;
  if (here.length > 0) showEntries(console, ticketId, here);
  const decidedSeq = decidedOn(console, ticketId);
  const asked = await bridge.call('ticket.fetch', { ticketId });
  if (state.getState().selectedId !== ticketId) return;
  if (!asked.ok) {
    if (here.length === 0) showEntries(console, ticketId, here);
    return;
  }
  const { head, entries } = asked.value;
  if (queue.get(ticketId) === undefined) state.setState({ visitedId: ticketId, goneId: null });
  queue.putRows([{ head, decidedSeq }], clock.now());
  showEntries(console, ticketId, merged(here, entries));
  showQueue(console);
}

function showEntries(console: Console, ticketId: string, entries: readonly Entry[]): void {
  const { timeline } = console.state.getState();
  // Entries may have come from the replica meanwhile.
  const known = timeline?.ticketId === ticketId ? (timeline.entries ?? []) : [];
  console.state.setState({
    timeline: { ticketId, entries: merged(known, entries), failed: false },
  });
}

/** How far the desk had decided on our commands there when it was asked: its answer holds no more than that (S4). */
function decidedOn(console: Console, ticketId: string): number {
  return console.state
    .getState()
    .commands.filter(({ command, state }) => command.ticketId === ticketId && isDecided(state))
    .reduce((highest, { command }) => Math.max(highest, command.seq), 0);
}

function isDecided(state: string): boolean {
  return state !== 'queued' && state !== 'sent';
}
