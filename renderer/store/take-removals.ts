import type { FromReplica } from '../replica/messages.ts';
import type { Console } from './console.ts';

type Gone = Pick<Extract<FromReplica, { kind: 'changed' }>, 'removed' | 'listed'>;

/**
 * Takes tickets out that the agent no longer has (S14). One that is on screen stays selected and says that it is gone:
 * the next key must not act on another ticket than the one that was read.
 */
export function dropTickets(console: Console, { removed, listed }: Gone): void {
  const { queue, state } = console;
  const kept = listed === null ? null : new Set(listed);
  const { selectedId, visitedId, panel } = state.getState();
  const gone = new Set(removed);
  if (kept !== null)
    for (const id of queue.ids()) if (!kept.has(id) && id !== visitedId) gone.add(id);
  if (gone.size === 0) return;
  const wasHere =
    selectedId !== null && gone.has(selectedId) && queue.get(selectedId) !== undefined;
  queue.remove(gone);
  if (!wasHere) return;
  const isOnIt = panel !== null && panel.kind !== 'keys' && panel.ticketId === selectedId;
  state.setState({
    goneId: selectedId,
    timeline: { ticketId: selectedId, entries: [], failed: false },
    // What was begun stays in the drafts.
    panel: isOnIt ? null : panel,
    announcement: 'This ticket is no longer yours to see',
  });
}
