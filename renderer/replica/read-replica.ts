import type { Entry } from '../../shared/tickets/entry.ts';
import { compareEntries } from '../../shared/tickets/timeline.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import type { ReplicaState, ReplicaStore, ReplicaTables } from './replica-store.ts';

const emptyState: ReplicaState = { key: 'state', cursor: null, policy: null, agents: [] };

export async function stateIn(tables: ReplicaTables): Promise<ReplicaState> {
  const [state] = await tables.state.get(['state']);
  return state ?? emptyState;
}

export function readState(store: ReplicaStore): Promise<ReplicaState> {
  return store.read(stateIn);
}

/** All rows that are stored. */
export function readRows(store: ReplicaStore): Promise<TicketRow[]> {
  return store.read(async ({ tickets }) =>
    (await tickets.all()).flatMap(({ row }) => (row === null ? [] : [row])),
  );
}

/** A ticket's timeline in its order. */
export function readTimeline(store: ReplicaStore, ticketId: string): Promise<Entry[]> {
  return store.read(async ({ tickets }) => {
    const [ticket] = await tickets.get([ticketId]);
    return (ticket?.entries ?? []).toSorted(compareEntries);
  });
}

/** Another epoch: everything goes, the cursor with it (S7). */
export function clearReplica(store: ReplicaStore): Promise<void> {
  return store.write(async ({ state, tickets }) => {
    await state.clear();
    await tickets.clear();
  });
}
