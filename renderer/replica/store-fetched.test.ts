import { expect, test } from 'vitest';
import { openHeld, storedRows } from '../../test/helpers/held-replica.ts';
import { cursorAt, fetched, manyIds, page } from '../../test/helpers/replica-pages.ts';
import type { Held } from './held.ts';
import { emptyReplicaMemory, memoryReplicaStore } from './memory-replica-store.ts';
import { readTimeline } from './read-timeline.ts';
import { storeFetched } from './store-fetched.ts';
import { storePage } from './store-page.ts';
import { nextWanted } from './wanted.ts';

async function listing(ids: string[]): Promise<Held> {
  const held = await openHeld(memoryReplicaStore(emptyReplicaMemory()));
  const list = { open: ids, ended: [], cause: 'first-sync' as const };
  await storePage(held, page(null, [], { to: 10, list }), false);
  return held;
}

const timeline = (held: Held, id: string) => readTimeline(held, new Map(), id);

test('[S8] fetched rows, and what is still wanted, are stored as one; the bytes are kept as they came', async () => {
  const ids = manyIds(500);
  const held = await listing([...ids, 'Z']);
  const rows = fetched(ids.map((id) => ({ id, version: 10 })));
  const stored = await storeFetched(held, rows);
  expect(stored).toMatchObject({ ok: true, value: { bytes: rows.bytes?.rows } });
  const again = await openHeld(held.store);
  expect(nextWanted(again.wanted)).toEqual(['Z']);
  expect(again.state).toMatchObject({ cursor: cursorAt(10), fresh: 0, wanted: 1 });
  const [chunk] = await held.store.read((tables) => tables.chunks.all());
  expect(chunk?.bytes).toEqual(rows.bytes?.rows);
  expect(await storedRows(held.store)).toEqual(rows.rows);
  expect(await timeline(again, 'T00042')).toMatchObject({
    entries: [{ id: 'T00042-10/0' }],
    isWhole: true,
  });
});

test('[S8] what did not fit stays wanted, what is gone does not', async () => {
  const held = await listing(['A', 'B', 'C']);
  await storeFetched(held, fetched([{ id: 'B', version: 10 }], { gone: ['C'] }));
  expect(nextWanted(held.wanted)).toEqual(['A']);
  expect(await timeline(held, 'A')).toEqual({ entries: [], isWhole: false });
});

test('[S8] a row that is not wanted any more is not stored, and nothing of it is kept', async () => {
  const ids = manyIds(300);
  const held = await listing(ids);
  const removals = [{ ticketId: 'T00007', cause: 'moved' as const }];
  await storePage(held, page(10, [], { to: 11, removals }), false);
  // Asked for before the removal came.
  const rows = fetched(
    ids.map((id) => ({ id, version: 10 })),
    { version: 11 },
  );
  const stored = await storeFetched(held, rows);
  expect(stored).toMatchObject({ ok: true, value: { bytes: null } });
  expect(held.count).toBe(299);
  const kept = await held.store.read(async (tables) => [
    ...(await tables.chunks.all()),
    ...(await tables.blocks.all()),
  ]);
  for (const { bytes } of kept) expect(new TextDecoder().decode(bytes)).not.toContain('T00007');
});

test('[S8] a fetched row does not lower the version of one that came with a page; its older entries are added', async () => {
  const held = await listing(['A', 'B']);
  await storePage(held, page(10, [{ id: 'A', version: 12 }]), false);
  const { entries } = fetched([{ id: 'A', version: 9 }]);
  await storeFetched(
    held,
    fetched([{ id: 'A', version: 9 }], { entries: [...entries], version: 12 }),
  );
  expect((await storedRows(held.store))[0]?.head.version).toBe(12);
  expect((await timeline(held, 'A')).entries.map(({ id }) => id)).toEqual(['A-9/0', 'A-12/0']);
  expect(nextWanted(held.wanted)).toEqual(['B']);
});

test('[S14] a ticket that came into sight is fetched before all others, and is not whole until then', async () => {
  const held = await listing(['A', 'B']);
  await storePage(held, page(10, [{ id: 'G', version: 11 }], { gained: ['G'] }), false);
  expect(nextWanted(held.wanted)).toEqual(['G', 'A', 'B']);
  expect(await timeline(held, 'G')).toMatchObject({ isWhole: false });
  const older = fetched([{ id: 'G', version: 4 }]).entries;
  await storeFetched(held, fetched([{ id: 'G', version: 11 }], { entries: [...older] }));
  expect(await timeline(held, 'G')).toMatchObject({
    entries: [{ id: 'G-4/0' }, { id: 'G-11/0' }],
    isWhole: true,
  });
});

test('[S8] rows that the desk saw before a page that is stored by now are asked for again', async () => {
  const held = await listing(['A', 'B']);
  await storePage(held, page(10, [{ id: 'B', version: 12 }]), false);
  await storeFetched(held, fetched([{ id: 'A', version: 9 }], { version: 11, gone: ['B'] }));
  expect(nextWanted(held.wanted)).toEqual(['A', 'B']);
  expect(held.count).toBe(1);
});

test('[S7] rows of another epoch are refused', async () => {
  const held = await listing(['A']);
  const rows = fetched([{ id: 'A', version: 10 }], { epoch: 'e2' });
  expect(await storeFetched(held, rows)).toMatchObject({ error: { kind: 'other-epoch' } });
  expect(held.count).toBe(0);
});
