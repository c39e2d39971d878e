import { expect, test } from 'vitest';
import { openHeld, storedRows } from '../../test/helpers/held-replica.ts';
import { fetched, manyIds, page } from '../../test/helpers/replica-pages.ts';
import { compact, FRESH_MOST, nextCompaction } from './compact.ts';
import type { Held } from './held.ts';
import { emptyReplicaMemory, memoryReplicaStore } from './memory-replica-store.ts';
import { readTimeline } from './read-timeline.ts';
import type { BlockCache } from './read-timeline.ts';
import { storeFetched } from './store-fetched.ts';
import { storePage } from './store-page.ts';

const inMemory = (): Promise<Held> => openHeld(memoryReplicaStore(emptyReplicaMemory()));

/** Rows and timelines as anyone sees them. */
async function shown(held: Held) {
  const rows = await storedRows(held.store);
  const cache: BlockCache = new Map();
  const timelines: unknown[] = [];
  for (const { head } of rows) timelines.push((await readTimeline(held, cache, head.id)).entries);
  return { rows, timelines };
}

/** Compacts until all lies well; how many steps that took. */
async function tidy(held: Held): Promise<number> {
  for (let steps = 0; ; steps += 1) {
    const step = nextCompaction(held);
    if (step === null) return steps;
    expect(steps).toBeLessThan(100);
    await compact(held, step);
  }
}

/** Everything that lies in the store, as text. */
async function onDisk({ store }: Held): Promise<string> {
  const text = new TextDecoder();
  return store.read(async (tables) =>
    [...(await tables.chunks.all()), ...(await tables.blocks.all())]
      .map(({ bytes }) => text.decode(bytes))
      .concat(JSON.stringify(await tables.fresh.all()))
      .join('\n'),
  );
}

test('[S12] the halves that a first sync stores become whole chunks, and show the same', async () => {
  const held = await inMemory();
  const ids = manyIds(1_250);
  const list = { open: ids, ended: [], cause: 'first-sync' as const };
  await storePage(held, page(null, [], { to: 9, list }), false);
  for (let start = 0; start < ids.length; start += 250)
    await storeFetched(
      held,
      fetched(ids.slice(start, start + 250).map((id) => ({ id, version: 9 }))),
    );
  expect(held.state.chunks).toHaveLength(5);
  const before = await shown(held);
  expect(await tidy(held)).toBeGreaterThan(0);
  expect(held.state.chunks.length).toBeLessThanOrEqual(3);
  expect(await shown(held)).toEqual(before);
  expect(await shown(await openHeld(held.store))).toEqual(before);
  // An agent who reads one ticket reads 50 of them from the disk, not 1,000.
  const sizes = await held.store.read(async (tables) =>
    (await tables.blocks.all()).map(({ bytes }) => bytes.length),
  );
  expect(Math.max(...sizes) * 20).toBeLessThan(JSON.stringify(before.timelines).length * 1.2);
});

test('[S14] what was removed leaves the disk at the next rest', async () => {
  const held = await inMemory();
  const ids = manyIds(150);
  await storePage(
    held,
    page(
      null,
      ids.map((id) => ({ id, version: 1 })),
    ),
    false,
  );
  const removals = [{ ticketId: 'T00042', cause: 'moved' as const }];
  await storePage(held, page(1, [], { to: 2, removals }), false);
  expect(await onDisk(held)).toContain('T00042');
  expect(await tidy(held)).toBe(1);
  expect(await onDisk(held)).not.toContain('T00042');
  expect(held).toMatchObject({ count: 149, state: { fresh: 0 } });
  // And when nothing is left of a chunk, neither is the chunk.
  const all = ids.map((ticketId) => ({ ticketId, cause: 'moved' as const }));
  await storePage(held, page(2, [], { to: 3, removals: all }), false);
  await tidy(held);
  expect(await held.store.read((tables) => tables.chunks.all())).toEqual([]);
  expect(await held.store.read((tables) => tables.blocks.all())).toEqual([]);
  expect(await openHeld(held.store)).toMatchObject({ count: 0, state: { fresh: 0 } });
});

test('[S12] fresh tickets go into chunks once they are many', async () => {
  const held = await inMemory();
  const ids = manyIds(FRESH_MOST + 60);
  let version = 0;
  for (let start = 0; start < ids.length; start += 50) {
    const changes = ids.slice(start, start + 50).map((id) => ({ id, version: (version += 1) }));
    await storePage(held, page(start === 0 ? null : version - 50, changes), false);
  }
  expect(held.state.fresh).toBe(FRESH_MOST + 60);
  const before = await shown(held);
  await tidy(held);
  expect(held.state.fresh).toBeLessThanOrEqual(FRESH_MOST);
  expect(await shown(held)).toEqual(before);
  // Changes of what is in a chunk come into it in the same way.
  for (let start = 0; start < ids.length; start += 50) {
    const changes = ids.slice(start, start + 50).map((id) => ({ id, version: (version += 1) }));
    await storePage(held, page(version - changes.length, changes), false);
  }
  const changed = await shown(held);
  await tidy(held);
  expect(held.state.fresh).toBeLessThanOrEqual(FRESH_MOST);
  expect(await shown(await openHeld(held.store))).toEqual(changed);
});

test('[S12] a damaged chunk is not written anew as if it were sound', async () => {
  const held = await inMemory();
  const ids = manyIds(150);
  await storePage(
    held,
    page(
      null,
      ids.map((id) => ({ id, version: 1 })),
    ),
    false,
  );
  await held.store.write(async ({ blocks }) => {
    const [block] = await blocks.all();
    if (block !== undefined) await blocks.put([{ ...block, bytes: block.bytes.slice(1) }]);
  });
  await expect(compact(held, { chunks: held.state.chunks, homeless: [] })).rejects.toThrow(
    /not what was written/,
  );
  expect(held.count).toBe(150);
});
