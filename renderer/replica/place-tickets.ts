import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import { freshIn, knownIn, newNumber } from './change-replica.ts';
import type { Draft } from './change-replica.ts';
import { chunkDigest } from './chunk-digest.ts';
import { digestOf } from './digest.ts';
import { isNewer } from './held.ts';
import { toJsonBytes } from './json-bytes.ts';
import type { FreshTicket } from './replica-store.ts';

/** Rows lie in chunks of so many (S12). */
export const CHUNK_ROWS = 1_000;
/** As many new tickets at once make a chunk of their own; fewer wait among the fresh ones. */
export const CHUNK_LEAST = 100;

/** Rows and entries to store. `bytes` is the JSON that they were parsed from, where that holds just these. */
export type Batch = {
  rows: readonly TicketRow[];
  entries: readonly Entry[];
  bytes: { rows: Uint8Array; entries: Uint8Array } | null;
};

/** Stores rows and entries; no row's version is lowered (S8). Gives the rows that changed something. */
export async function placeTickets(draft: Draft, batch: Batch): Promise<TicketRow[]> {
  const fresh = batch.rows.filter((row) => isNewer(row, knownIn(draft, row.head.id)));
  const homeless = newTickets(draft, fresh);
  if (homeless.size < CHUNK_LEAST) {
    await addFresh(draft, fresh, batch.entries);
    return fresh;
  }
  const isAll =
    homeless.size === batch.rows.length &&
    homeless.size <= CHUNK_ROWS &&
    batch.entries.every((entry) => homeless.has(entry.ticketId));
  if (isAll) await putChunk(draft, newNumber(draft), [...homeless.values()], [{ ...batch }]);
  else await putChunks(draft, homeless, batch.entries);
  await addFresh(
    draft,
    fresh.filter((row) => homeless.get(row.head.id) !== row),
    batch.entries.filter((entry) => !homeless.has(entry.ticketId)),
  );
  return fresh;
}

/** The rows of tickets of which nothing is stored yet, by id. */
function newTickets(draft: Draft, rows: readonly TicketRow[]): Map<string, TicketRow> {
  const homeless = new Map<string, TicketRow>();
  for (const row of rows)
    if (knownIn(draft, row.head.id) === undefined && !homeless.has(row.head.id))
      homeless.set(row.head.id, row);
  return homeless;
}

async function putChunks(
  draft: Draft,
  homeless: ReadonlyMap<string, TicketRow>,
  entries: readonly Entry[],
): Promise<void> {
  const rows = [...homeless.values()];
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    const some = rows.slice(start, start + CHUNK_ROWS);
    const ids = new Set(some.map((row) => row.head.id));
    const theirs = entries.filter((entry) => ids.has(entry.ticketId));
    await putChunk(draft, newNumber(draft), some, [{ entries: theirs, bytes: null }]);
  }
}

/** Entries of some tickets of a chunk, to be stored as one block; `bytes` as in a batch, for the first block. */
export type NewBlock = Pick<Batch, 'entries' | 'bytes'>;

/** Writes a chunk with its blocks. Its tickets have no other record from then on. */
export async function putChunk(
  draft: Draft,
  n: number,
  rows: readonly TicketRow[],
  newBlocks: readonly NewBlock[],
): Promise<void> {
  const { tables } = draft;
  const blockOf = new Map<string, number>();
  for (const { entries, bytes: given } of newBlocks) {
    if (entries.length === 0) continue;
    const block = newNumber(draft);
    for (const entry of entries) blockOf.set(entry.ticketId, block);
    const bytes = given === null ? toJsonBytes(entries) : given.entries.slice();
    await tables.blocks.put([{ n: block, bytes, digest: digestOf(bytes) }]);
  }
  const rowBytes = newBlocks[0]?.bytes?.rows;
  const chunk = {
    n,
    ids: rows.map((row) => row.head.id),
    versions: rows.map((row) => row.head.version),
    decidedSeqs: rows.map((row) => row.decidedSeq),
    blocks: rows.map((row) => blockOf.get(row.head.id) ?? 0),
    bytes: rowBytes === undefined ? toJsonBytes(rows) : rowBytes.slice(),
  };
  await tables.chunks.put([{ ...chunk, digest: chunkDigest(chunk) }]);
  const { chunks } = draft.state;
  if (!chunks.includes(n)) draft.state = { ...draft.state, chunks: [...chunks, n] };
  for (const { head, decidedSeq } of rows)
    draft.known.set(head.id, {
      version: head.version,
      decidedSeq,
      chunk: n,
      block: blockOf.get(head.id) ?? 0,
      isFresh: false,
      isMasked: false,
    });
}

/** Puts rows and entries into the fresh records of their tickets. */
async function addFresh(
  draft: Draft,
  rows: readonly TicketRow[],
  entries: readonly Entry[],
): Promise<void> {
  const changed = await freshIn(draft, [
    ...new Set([...rows.map((row) => row.head.id), ...entries.map((entry) => entry.ticketId)]),
  ]);
  for (const row of rows) {
    const before = changed.get(row.head.id);
    if (before !== undefined && isNewer(row, knownIn(draft, row.head.id)))
      set(draft, changed, { ...before, row });
  }
  for (const [ticketId, theirs] of byTicket(entries)) {
    const before = changed.get(ticketId);
    if (before === undefined) continue;
    const ids = new Set(theirs.map(({ id }) => id));
    const kept = before.entries.filter(({ id }) => !ids.has(id));
    set(draft, changed, { ...before, entries: [...kept, ...theirs] });
  }
}

function set(draft: Draft, changed: Map<string, FreshTicket>, record: FreshTicket): void {
  const { id, row, masks } = record;
  changed.set(id, record);
  draft.fresh.set(id, record);
  const known = knownIn(draft, id) ?? nowhere;
  draft.known.set(id, {
    ...known,
    ...(row === null ? {} : { version: row.head.version, decidedSeq: row.decidedSeq }),
    isFresh: true,
    isMasked: masks,
  });
}

const nowhere = {
  version: -1,
  decidedSeq: 0,
  chunk: 0,
  block: 0,
  isFresh: false,
  isMasked: false,
};

export function byTicket(entries: readonly Entry[]): Map<string, Entry[]> {
  const lists = new Map<string, Entry[]>();
  for (const entry of entries) {
    const list = lists.get(entry.ticketId);
    if (list === undefined) lists.set(entry.ticketId, [entry]);
    else list.push(entry);
  }
  return lists;
}

/**
 * Takes tickets out (S14). What a chunk holds of them stays on the disk until the next compaction, and is given to
 * nobody.
 */
export function removeTickets(draft: Draft, ticketIds: Iterable<string>): void {
  for (const id of ticketIds) {
    const known = knownIn(draft, id);
    if (known === undefined) continue;
    if (known.chunk === 0) {
      draft.known.set(id, null);
      draft.fresh.set(id, null);
    } else {
      draft.known.set(id, { ...known, version: -1, decidedSeq: 0, isFresh: true, isMasked: true });
      draft.fresh.set(id, { id, masks: true, row: null, entries: [] });
    }
  }
}
