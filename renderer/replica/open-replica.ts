import { chunkDigest } from './chunk-digest.ts';
import { emptyState, nothingHeld } from './held.ts';
import type { Held } from './held.ts';
import { fromJsonBytes } from './json-bytes.ts';
import type { SentRows } from './messages.ts';
import type { Chunk, FreshTicket, ReplicaState, ReplicaStore } from './replica-store.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import { unsound } from './store-errors.ts';
import { takeWanted } from './wanted.ts';

/** The first look into a store: all but the chunks. */
export type Opened = { store: ReplicaStore; state: ReplicaState; fresh: FreshTicket[]; held: Held };

/** Opens a replica and counts what is in it (S12). Rejects as unsound where something is missing. */
export function openReplica(store: ReplicaStore): Promise<Opened> {
  return store.read(async (tables) => {
    const [state = emptyState] = await tables.state.get(['state']);
    const fresh = await tables.fresh.all();
    const wanted = await tables.wanted.all();
    const chunks = await tables.chunks.keys();
    if (fresh.length !== state.fresh) throw unsound('fresh tickets are missing');
    if (wanted.reduce((sum, { ids }) => sum + ids.length, 0) !== state.wanted)
      throw unsound('wanted tickets are missing');
    if (chunks.length !== state.chunks.length || !state.chunks.every((n) => chunks.includes(n)))
      throw unsound('chunks are missing');
    const held = nothingHeld(store);
    held.state = state;
    takeWanted(held.wanted, { clear: true, put: wanted, remove: [] });
    return { store, state, fresh, held };
  });
}

/**
 * Reads all rows, chunk by chunk, and gives them as they come (S12). A chunk that is not what was written is never
 * given: the whole rejects as unsound.
 */
export async function readRows(
  { store, state, fresh, held }: Opened,
  give: (rows: SentRows) => void,
): Promise<Held> {
  const masked = new Set(fresh.filter(({ masks }) => masks).map(({ id }) => id));
  for (const n of state.chunks) {
    const [chunk] = await store.read((tables) => tables.chunks.get([n]));
    if (chunk === undefined || chunkDigest(chunk) !== chunk.digest)
      throw unsound(`chunk ${n} is not what was written`);
    noteChunk(held, chunk, masked);
    give(chunk.ids.some((id) => masked.has(id)) ? unmasked(chunk, masked) : chunk.bytes);
  }
  noteFresh(held, fresh);
  const rows = fresh.flatMap(({ row }) => (row === null ? [] : [row]));
  if (rows.length > 0) give(rows);
  for (const { version } of held.tickets.values()) held.count += version >= 0 ? 1 : 0;
  return held;
}

/** The rows of a chunk. */
export function rowsOfChunk({ bytes }: Chunk): TicketRow[] {
  // Parsed with its schema when it came, and its digest is right.
  return fromJsonBytes(bytes) as TicketRow[];
}

function unmasked(chunk: Chunk, masked: ReadonlySet<string>): TicketRow[] {
  return rowsOfChunk(chunk).filter((row) => !masked.has(row.head.id));
}

function noteChunk({ tickets }: Held, chunk: Chunk, masked: ReadonlySet<string>): void {
  for (const [index, id] of chunk.ids.entries()) {
    const isMasked = masked.has(id);
    tickets.set(id, {
      version: isMasked ? -1 : (chunk.versions[index] ?? -1),
      decidedSeq: isMasked ? 0 : (chunk.decidedSeqs[index] ?? 0),
      chunk: chunk.n,
      block: chunk.blocks[index] ?? 0,
      isFresh: false,
      isMasked,
    });
  }
}

function noteFresh({ tickets }: Held, fresh: readonly FreshTicket[]): void {
  for (const { id, row, masks } of fresh) {
    const known = tickets.get(id);
    tickets.set(id, {
      version: row?.head.version ?? known?.version ?? -1,
      decidedSeq: row?.decidedSeq ?? known?.decidedSeq ?? 0,
      chunk: known?.chunk ?? 0,
      block: known?.block ?? 0,
      isFresh: true,
      isMasked: masks,
    });
  }
}
