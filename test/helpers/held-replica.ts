import type { Held } from '../../renderer/replica/held.ts';
import { takeRows } from '../../renderer/replica/messages.ts';
import type { SentRows } from '../../renderer/replica/messages.ts';
import { isNewerRow } from '../../renderer/replica/newer-row.ts';
import { openReplica, readRows } from '../../renderer/replica/open-replica.ts';
import type { ReplicaStore } from '../../renderer/replica/replica-store.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';

/** Opens a replica as its worker does at start. */
export async function openHeld(
  store: ReplicaStore,
  give: (rows: SentRows) => void = () => undefined,
): Promise<Held> {
  return readRows(await openReplica(store), give);
}

/** All rows of a store as a page has them that starts now, by id. */
export async function storedRows(store: ReplicaStore): Promise<TicketRow[]> {
  const rows = new Map<string, TicketRow>();
  await openHeld(store, (sent) => {
    for (const row of takeRows(sent))
      if (isNewerRow(row, rows.get(row.head.id))) rows.set(row.head.id, row);
  });
  return [...rows.values()].toSorted((a, b) => (a.head.id < b.head.id ? -1 : 1));
}
