import type { Entry } from '../../shared/tickets/entry.ts';
import { compareEntries } from '../../shared/tickets/timeline.ts';
import { digestOf } from './digest.ts';
import type { Held } from './held.ts';
import { isHeld } from './held.ts';
import { fromJsonBytes } from './json-bytes.ts';
import { byTicket } from './place-tickets.ts';
import type { Block } from './replica-store.ts';
import { unsound } from './store-errors.ts';

/** A ticket's timeline in its order; not `isWhole` while it is not here, or not all of it (S15). */
export type StoredTimeline = { entries: Entry[]; isWhole: boolean };

/** Blocks that were read last: an agent goes from ticket to ticket down the queue, as they lie in the blocks. */
export type BlockCache = Map<number, ReadonlyMap<string, readonly Entry[]>>;

const CACHED_BLOCKS = 3;

export async function readTimeline(
  held: Held,
  cache: BlockCache,
  ticketId: string,
): Promise<StoredTimeline> {
  const known = held.tickets.get(ticketId);
  const isWhole = isHeld(held, ticketId) && !held.wanted.of.has(ticketId);
  if (known === undefined) return { entries: [], isWhole };
  const block = known.isMasked ? 0 : known.block;
  const cached = cache.get(block);
  const [fresh, stored] = await held.store.read(async (tables) => [
    known.isFresh ? (await tables.fresh.get([ticketId]))[0] : undefined,
    block === 0 || cached !== undefined ? undefined : (await tables.blocks.get([block]))[0],
  ]);
  if (known.isFresh && fresh === undefined) throw unsound('a fresh ticket is missing');
  const theirs = block === 0 ? undefined : (cached ?? keep(cache, block, entriesOfBlock(stored)));
  const entries = new Map<string, Entry>();
  for (const entry of [...(theirs?.get(ticketId) ?? []), ...(fresh?.entries ?? [])])
    entries.set(entry.id, entry);
  return { entries: [...entries.values()].toSorted(compareEntries), isWhole };
}

/** The entries of a block by ticket. */
export function entriesOfBlock(block: Block | undefined): Map<string, Entry[]> {
  if (block === undefined || digestOf(block.bytes) !== block.digest)
    throw unsound('a block of entries is not what was written');
  // Parsed with their schema when they came.
  return byTicket(fromJsonBytes(block.bytes) as Entry[]);
}

function keep(
  cache: BlockCache,
  block: number,
  entries: ReadonlyMap<string, readonly Entry[]>,
): ReadonlyMap<string, readonly Entry[]> {
  for (const oldest of [...cache.keys()].slice(0, cache.size - CACHED_BLOCKS + 1))
    cache.delete(oldest);
  cache.set(block, entries);
  return entries;
}
