import { Dexie } from 'dexie';
import type { DexieOptions, Table } from 'dexie';
import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import { compareEntries } from '../../shared/tickets/timeline.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';

export type StoredRow = TicketRow & { id: string };

/** What the replica knows beside tickets; one record, so that it changes whole. */
export type ReplicaState = {
  key: 'state';
  /** Where the replica stands: stored with the page it belongs to, in one transaction (S1). */
  cursor: Cursor | null;
  policy: PolicyVersion | null;
  agents: Agent[];
};

/** The rebuildable cache of tickets (S12, S13): nothing lives only here. */
export type ReplicaDb = {
  readonly dexie: Dexie;
  readonly heads: Table<StoredRow, string>;
  readonly entries: Table<Entry, string>;
  readonly state: Table<ReplicaState, string>;
};

/**
 * Grows with each change of what a stored row, entry or policy is: a replica of an earlier shape is emptied.
 * replica-shape.test.ts says when.
 */
export const REPLICA_SHAPE = 3;
const tables = ['heads', 'entries', 'state'] as const;

/** The browser's own IndexedDB serves where none is given. */
export type IndexedDbParts = Required<Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'>>;

export const emptyState: ReplicaState = { key: 'state', cursor: null, policy: null, agents: [] };

/** Name it by the console id: another agent on the machine has another profile, so another console (S9). */
export function openReplicaDb(name: string, parts?: IndexedDbParts): ReplicaDb {
  const dexie = new Dexie(name, parts ?? {});
  dexie
    .version(REPLICA_SHAPE)
    .stores({ heads: 'id', entries: 'id, ticketId', state: 'key' })
    // What an earlier version of this program stored cannot be read any more, and comes again.
    .upgrade((transaction) => Promise.all(tables.map((table) => transaction.table(table).clear())));
  return {
    dexie,
    heads: dexie.table<StoredRow, string>('heads'),
    entries: dexie.table<Entry, string>('entries'),
    state: dexie.table<ReplicaState, string>('state'),
  };
}

export async function readState(db: ReplicaDb): Promise<ReplicaState> {
  return (await db.state.get('state')) ?? emptyState;
}

/** Another epoch: everything goes, the cursor with it (S7). */
export async function clearReplica(db: ReplicaDb): Promise<void> {
  await db.dexie.transaction('rw', [db.heads, db.entries, db.state], async () => {
    await Promise.all([db.heads.clear(), db.entries.clear(), db.state.clear()]);
  });
}

/** All head rows in chunks, by id; a long list never stands in memory twice. */
export async function* readHeads(db: ReplicaDb, chunk: number): AsyncGenerator<TicketRow[]> {
  let after: string | null = null;
  for (;;) {
    const rows: StoredRow[] = await (
      after === null ? db.heads.orderBy('id') : db.heads.where('id').above(after)
    )
      .limit(chunk)
      .toArray();
    if (rows.length > 0) yield rows.map(({ head, decidedSeq }) => ({ head, decidedSeq }));
    if (rows.length < chunk) return;
    after = rows.at(-1)?.id ?? null;
  }
}

/** A ticket's timeline in its order. */
export async function readTimeline(db: ReplicaDb, ticketId: string): Promise<Entry[]> {
  const entries = await db.entries.where('ticketId').equals(ticketId).toArray();
  return entries.toSorted(compareEntries);
}
