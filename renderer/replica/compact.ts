import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import { change, freshIn, newNumber } from './change-replica.ts';
import type { Draft } from './change-replica.ts';
import { chunkDigest } from './chunk-digest.ts';
import type { Held } from './held.ts';
import { rowsOfChunk } from './open-replica.ts';
import { CHUNK_ROWS, putChunk } from './place-tickets.ts';
import type { NewBlock } from './place-tickets.ts';
import { entriesOfBlock } from './read-timeline.ts';
import { unsound } from './store-errors.ts';

/** As many fresh tickets may wait before they go into chunks: they are read one by one at start. */
export const FRESH_MOST = 1_000;
/** Tickets whose entries lie in one block: one of them is read with all of these. */
const BLOCK_TICKETS = 50;

/** What becomes one chunk: the tickets of these chunks, and these that are in none. */
export type Compaction = { chunks: number[]; homeless: string[] };

/**
 * The next step of the compaction (S12), or null where all lies well: what was removed leaves the disk, fresh tickets
 * go into chunks once they are many, chunks that are half empty become whole ones.
 */
export function nextCompaction(held: Held): Compaction | null {
  const uses = new Map(held.state.chunks.map((n) => [n, { live: 0, fresh: 0, masked: 0 }]));
  const homeless: string[] = [];
  for (const [id, known] of held.tickets) {
    const use = uses.get(known.chunk);
    if (known.version >= 0 && (use === undefined || known.isMasked)) homeless.push(id);
    if (use === undefined) continue;
    if (known.isMasked) use.masked += 1;
    else use.live += 1;
    if (known.isFresh) use.fresh += 1;
  }
  const chunks = [...uses].map(([n, use]) => ({ n, ...use }));
  const masked = chunks.find((each) => each.masked > 0);
  if (masked !== undefined) return { chunks: [masked.n], homeless: [] };
  const small = chunks
    .filter(({ live }) => live <= CHUNK_ROWS / 2)
    .toSorted((a, b) => a.live - b.live);
  const [first, second] = small;
  if (held.state.fresh > FRESH_MOST) {
    const [most] = chunks.toSorted((a, b) => b.fresh - a.fresh);
    if (most !== undefined && most.fresh > homeless.length)
      return { chunks: [most.n], homeless: [] };
    if (homeless.length > 0)
      return {
        chunks: first === undefined ? [] : [first.n],
        homeless: homeless.slice(0, CHUNK_ROWS - (first?.live ?? 0)),
      };
  }
  return first === undefined || second === undefined
    ? null
    : { chunks: [first.n, second.n].toSorted((a, b) => a - b), homeless: [] };
}

/** Writes the tickets of a step as one chunk, in one transaction, and removes what held them before. */
export function compact(held: Held, step: Compaction): Promise<void> {
  return change(held, async (draft) => {
    const tickets = await gather(draft, step);
    const rows = [...tickets.values()].map(({ row }) => row);
    const [n = newNumber(draft), ...others] = step.chunks;
    const emptied = rows.length === 0 ? step.chunks : others;
    draft.state = {
      ...draft.state,
      chunks: draft.state.chunks.filter((each) => !emptied.includes(each)),
    };
    await draft.tables.chunks.remove(emptied);
    if (rows.length === 0) return;
    await putChunk(draft, n, rows, newBlocks([...tickets.values()]));
  });
}

type Gathered = { row: TicketRow; entries: Entry[] };

async function gather(
  draft: Draft,
  { chunks, homeless }: Compaction,
): Promise<Map<string, Gathered>> {
  const { held, tables } = draft;
  const tickets = new Map<string, Gathered>();
  for (const chunk of await tables.chunks.get(chunks)) {
    if (chunk === undefined || chunkDigest(chunk) !== chunk.digest)
      throw unsound('a chunk is not what was written');
    const fresh = await freshIn(draft, chunk.ids);
    const numbers = [...new Set(chunk.blocks)].filter((block) => block > 0);
    const blocks = new Map<string, Entry[]>();
    for (const block of await tables.blocks.get(numbers))
      for (const [id, entries] of entriesOfBlock(block)) blocks.set(id, entries);
    for (const stored of rowsOfChunk(chunk)) {
      const { id } = stored.head;
      const since = fresh.get(id);
      const isMasked = held.tickets.get(id)?.isMasked === true;
      const row = since?.row ?? (isMasked ? null : stored);
      forget(draft, id);
      if (row === null) continue;
      const before = isMasked ? [] : (blocks.get(id) ?? []);
      tickets.set(id, { row, entries: merged(before, since?.entries ?? []) });
    }
    await tables.blocks.remove(numbers);
  }
  for (const [id, { row, entries }] of await freshIn(draft, homeless)) {
    if (row === null) continue;
    forget(draft, id);
    tickets.set(id, { row, entries });
  }
  return tickets;
}

/** Its records go; where it stays, its chunk makes it known again. */
function forget(draft: Draft, id: string): void {
  draft.known.set(id, null);
  draft.fresh.set(id, null);
}

function merged(before: readonly Entry[], since: readonly Entry[]): Entry[] {
  return [...new Map([...before, ...since].map((entry) => [entry.id, entry])).values()];
}

function newBlocks(tickets: readonly Gathered[]): NewBlock[] {
  const blocks: NewBlock[] = [];
  for (let start = 0; start < tickets.length; start += BLOCK_TICKETS)
    blocks.push({
      entries: tickets.slice(start, start + BLOCK_TICKETS).flatMap(({ entries }) => entries),
      bytes: null,
    });
  return blocks;
}
