import { MAX_FETCHED } from '../../shared/protocol/fetch-rows.ts';
import type { WantedBlock } from './replica-store.ts';

/** The tickets that are still to be fetched by id (S8), in blocks whose order is that of their numbers. */
export type Wanted = {
  /** The block of each. */
  readonly of: Map<string, number>;
  readonly blocks: Map<number, readonly string[]>;
};

/** What becomes of the blocks; those not named stay. */
export type WantedChange = {
  /** All earlier blocks go. */
  clear: boolean;
  put: WantedBlock[];
  remove: number[];
};

export function wantedOf(blocks: readonly WantedBlock[]): Wanted {
  return {
    of: new Map(blocks.flatMap(({ n, ids }) => ids.map((id) => [id, n]))),
    blocks: new Map(blocks.map(({ n, ids }) => [n, ids])),
  };
}

/** The next ones to fetch, most urgent first. */
export function nextWanted({ blocks }: Wanted): string[] {
  const next: string[] = [];
  for (const n of [...blocks.keys()].toSorted((a, b) => a - b)) {
    next.push(...(blocks.get(n) ?? []).slice(0, MAX_FETCHED - next.length));
    if (next.length === MAX_FETCHED) break;
  }
  return next;
}

/** All wanted ones in order. */
export function allWanted({ blocks }: Wanted): string[] {
  return [...blocks.keys()].toSorted((a, b) => a - b).flatMap((n) => blocks.get(n) ?? []);
}

/** Only these are wanted from now on, in this order. */
export function replaceWanted(ids: readonly string[]): WantedChange {
  return { clear: true, put: inBlocks(ids, 0), remove: [] };
}

/** Some are wanted no more, some come before all others. */
export function changeWanted(
  wanted: Wanted,
  struck: ReadonlySet<string>,
  first: readonly string[],
): WantedChange {
  const touched = new Set<number>();
  for (const id of struck) {
    const n = wanted.of.get(id);
    if (n !== undefined) touched.add(n);
  }
  const change: WantedChange = { clear: false, put: [], remove: [] };
  for (const n of touched) {
    const left = (wanted.blocks.get(n) ?? []).filter((id) => !struck.has(id));
    if (left.length === 0) change.remove.push(n);
    else change.put.push({ n, ids: left });
  }
  const added = first.filter((id) => !struck.has(id) && !wanted.of.has(id));
  const lowest = Math.min(0, ...wanted.blocks.keys());
  change.put.push(...inBlocks([...new Set(added)], lowest - Math.ceil(added.length / MAX_FETCHED)));
  return change;
}

function inBlocks(ids: readonly string[], from: number): WantedBlock[] {
  const blocks: WantedBlock[] = [];
  for (let start = 0; start < ids.length; start += MAX_FETCHED)
    blocks.push({ n: from + blocks.length, ids: ids.slice(start, start + MAX_FETCHED) });
  return blocks;
}

/** After the change is stored. */
export function takeWanted({ of, blocks }: Wanted, { clear, put, remove }: WantedChange): void {
  if (clear) {
    of.clear();
    blocks.clear();
  }
  for (const n of [...remove, ...put.map((block) => block.n)]) {
    for (const id of blocks.get(n) ?? []) of.delete(id);
    blocks.delete(n);
  }
  for (const { n, ids } of put) {
    blocks.set(n, ids);
    for (const id of ids) of.set(id, n);
  }
}
