import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import { openHeld, storedRows } from '../../test/helpers/held-replica.ts';
import { cursorAt, manyIds, page, toBytes } from '../../test/helpers/replica-pages.ts';
import { clearReplica } from './change-replica.ts';
import { dexieReplicaStore } from './dexie-replica-store.ts';
import type { Held } from './held.ts';
import { emptyReplicaMemory, memoryReplicaStore } from './memory-replica-store.ts';
import { parsePage } from './parse-page.ts';
import { readTimeline } from './read-timeline.ts';
import type { ReplicaStore } from './replica-store.ts';
import { storePage } from './store-page.ts';
import { nextWanted } from './wanted.ts';

const stores: [string, () => ReplicaStore][] = [
  ['IndexedDB', () => dexieReplicaStore('replica', { indexedDB: new IDBFactory(), IDBKeyRange })],
  ['memory', () => memoryReplicaStore(emptyReplicaMemory())],
];
const inMemory = (): Promise<Held> => openHeld(memoryReplicaStore(emptyReplicaMemory()));

function contents({ store }: Held): Promise<unknown> {
  return store.read(async ({ state, chunks, blocks, fresh, wanted }) => ({
    state: await state.all(),
    chunks: await chunks.all(),
    blocks: await blocks.all(),
    fresh: await fresh.all(),
    wanted: await wanted.all(),
  }));
}

const versions = async ({ store }: Held) =>
  (await storedRows(store)).map(({ head }) => [head.id, head.version]);
const entryIds = async (held: Held, id: string) =>
  (await readTimeline(held, new Map(), id)).entries.map((entry) => entry.id);

test.each(stores)(
  '[S1] rows, entries and cursor of a page are stored together, in %s',
  async (_, open) => {
    const store = open();
    const held = await openHeld(store);
    await storePage(held, page(null, [{ id: 'A', version: 4 }]), false);
    await storePage(held, page(4, [{ id: 'B', version: 5 }]), false);
    // As the next start finds it.
    const again = await openHeld(store);
    expect(again.state.cursor).toEqual(cursorAt(5));
    expect(await versions(again)).toEqual([
      ['A', 4],
      ['B', 5],
    ]);
    expect(await entryIds(again, 'A')).toEqual(['A-4/0']);
    expect(again.count).toBe(2);
  },
);

test.each(stores)(
  '[S12] many new tickets at once lie in chunks, and are read back the same, from %s',
  async (_, open) => {
    const store = open();
    const held = await openHeld(store);
    const ids = manyIds(1_300);
    const whole = page(
      null,
      ids.map((id, index) => ({ id, version: index + 1 })),
    );
    await storePage(held, whole, false);
    expect(held.state.chunks).toHaveLength(2);
    expect(held.state.fresh).toBe(0);
    await storePage(held, page(1_300, [{ id: ids[7] ?? '', version: 1_301 }]), false);
    const again = await openHeld(store);
    const rows = await storedRows(store);
    expect(rows.map(({ head }) => head.id)).toEqual(ids);
    expect(rows[7]?.head.version).toBe(1_301);
    expect(rows[8]).toEqual(whole.rows[8]);
    expect(again.count).toBe(1_300);
    expect(await entryIds(again, ids[7] ?? '')).toEqual(['T00007-8/0', 'T00007-1301/0']);
    expect(await entryIds(again, ids[1_299] ?? '')).toEqual(['T01299-1300/0']);
  },
);

test('[S1] the same page again changes nothing', async () => {
  const held = await inMemory();
  const first = page(null, [
    { id: 'A', version: 1 },
    { id: 'B', version: 2 },
  ]);
  await storePage(held, first, false);
  const before = await contents(held);
  const again = await storePage(held, first, false);
  expect(again).toMatchObject({ ok: true, value: { rows: [] } });
  expect(await contents(held)).toEqual(before);
});

test('[S8] whatever pages come again in whatever order, no version and no cursor is ever lowered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }), async (order) => {
      const held = await inMemory();
      const pages = [0, 1, 2, 3, 4, 5].map((index) =>
        page(index === 0 ? null : index * 2, [
          { id: 'A', version: index * 2 + 1 },
          { id: `B${index % 2}`, version: index * 2 + 2 },
        ]),
      );
      const highest = new Map<string, number>();
      let highestCursor = 0;
      for (const index of order) {
        const next = pages[index];
        if (next === undefined) continue;
        // One after the other, as main sends them.
        const stored = await storePage(held, next, false);
        expect(stored.ok).toBe(index === 0 || index * 2 <= highestCursor);
        for (const { head } of await storedRows(held.store)) {
          expect(head.version).toBeGreaterThanOrEqual(highest.get(head.id) ?? 0);
          highest.set(head.id, head.version);
        }
        expect(held.state.cursor?.version ?? 0).toBeGreaterThanOrEqual(highestCursor);
        highestCursor = held.state.cursor?.version ?? 0;
      }
    }),
    { numRuns: 40 },
  );
});

test('[S1] a page that starts after what is stored is refused, and nothing of it is kept', async () => {
  const held = await inMemory();
  await storePage(held, page(null, [{ id: 'A', version: 1 }]), false);
  const before = await contents(held);
  const stored = await storePage(held, page(5, [{ id: 'A', version: 6 }]), false);
  expect(stored).toMatchObject({ ok: false, error: { kind: 'gap' } });
  expect(await contents(held)).toEqual(before);
});

test('[S7] a page of another epoch is refused until the replica was cleared', async () => {
  const held = await inMemory();
  await storePage(held, page(null, [{ id: 'A', version: 9 }]), false);
  const other = page(null, [{ id: 'A', version: 2 }], { epoch: 'e2' });
  expect(await storePage(held, other, false)).toMatchObject({ error: { kind: 'other-epoch' } });
  await clearReplica(held);
  expect(held.count).toBe(0);
  expect(await storePage(held, other, false)).toMatchObject({ ok: true });
  expect(await versions(held)).toEqual([['A', 2]]);
});

test.each(stores)(
  '[S1] a page whose entries cannot be stored leaves neither rows nor cursor, in %s',
  async (_, open) => {
    const held = await openHeld(open());
    await storePage(held, page(null, [{ id: 'A', version: 1 }]), false);
    const before = await contents(held);
    const broken = page(1, [{ id: 'B', version: 2 }]);
    // A function cannot be cloned into the database, as a full disk could not take it.
    const bad = { ...broken, entries: [{ ...broken.entries[0], id: () => 'x' }] as never };
    await expect(storePage(held, bad, false)).rejects.toThrow(/clone/);
    expect(await contents(held)).toEqual(before);
    expect(held).toMatchObject({ count: 1, state: { cursor: cursorAt(1) } });
    await storePage(held, page(1, [{ id: 'B', version: 2 }]), false);
    expect(await versions(held)).toEqual([
      ['A', 1],
      ['B', 2],
    ]);
  },
);

test('[S4] at the same version the row that knows more of our commands is kept', async () => {
  const held = await inMemory();
  await storePage(held, page(null, [{ id: 'A', version: 1, decidedSeq: 5 }]), false);
  await storePage(held, page(1, [{ id: 'A', version: 1, decidedSeq: 2 }], { to: 2 }), false);
  expect((await storedRows(held.store))[0]?.decidedSeq).toBe(5);
  await storePage(held, page(2, [{ id: 'A', version: 1, decidedSeq: 6 }], { to: 3 }), false);
  expect((await storedRows(held.store))[0]?.decidedSeq).toBe(6);
});

test('[S14] a removal takes head and entries, also of a ticket in a chunk, and what is wanted of it', async () => {
  const held = await inMemory();
  const ids = manyIds(200);
  await storePage(
    held,
    page(
      null,
      ids.map((id) => ({ id, version: 1 })),
      { gained: ['T00003'] },
    ),
    false,
  );
  await storePage(held, page(1, [{ id: 'B', version: 2 }]), false);
  const removals = ['T00003', 'T00004', 'B', 'never-here'].map((ticketId) => ({
    ticketId,
    cause: 'moved' as const,
  }));
  expect(nextWanted(held.wanted)).toEqual(['T00003']);
  const stored = await storePage(held, page(2, [], { to: 3, removals }), false);
  expect(stored).toMatchObject({
    ok: true,
    value: { removed: removals.map((each) => each.ticketId) },
  });
  expect(nextWanted(held.wanted)).toEqual([]);
  const again = await openHeld(held.store);
  expect(again.count).toBe(198);
  const left = (await storedRows(held.store)).map(({ head }) => head.id);
  expect(left).toEqual(ids.filter((id) => id !== 'T00003' && id !== 'T00004'));
  for (const id of ['T00003', 'T00004', 'B']) expect(await entryIds(again, id)).toEqual([]);
  // It comes back, and what its chunk held stays forgotten.
  await storePage(again, page(3, [{ id: 'T00003', version: 4 }], { gained: ['T00003'] }), false);
  expect(await entryIds(again, 'T00003')).toEqual(['T00003-4/0']);
  expect((await openHeld(held.store)).count).toBe(199);
});

test('[S8] the first page lists all there is: cursor and wanted ids are stored as one, the most urgent first', async () => {
  const held = await inMemory();
  const open = manyIds(700, 'O');
  const list = { open, ended: ['E1', 'E2'], cause: 'first-sync' as const };
  await storePage(held, page(null, [], { to: 90, list }), false);
  const again = await openHeld(held.store);
  expect(again.state.cursor).toEqual(cursorAt(90));
  expect(again.wanted.of.size).toBe(702);
  expect(nextWanted(again.wanted)).toEqual(open.slice(0, 500));
});

test('[S8] a list that starts without a cursor asks for all of it again: what is held may be old', async () => {
  const held = await inMemory();
  await storePage(held, page(null, [{ id: 'A', version: 1 }]), false);
  const list = { open: ['A', 'B'], ended: [], cause: 'first-sync' as const };
  await storePage(held, page(null, [], { to: 9, list }), false);
  expect(nextWanted(held.wanted)).toEqual(['A', 'B']);
});

test('[S14] a list of other rights removes what is not on it and fetches what lacks', async () => {
  const held = await inMemory();
  await storePage(
    held,
    page(
      null,
      ['A', 'B', 'C'].map((id, index) => ({ id, version: index + 1 })),
      { gained: ['B', 'X'] },
    ),
    false,
  );
  const list = { open: ['D', 'B', 'E'], ended: ['A'], cause: 'rights' as const };
  const stored = await storePage(held, page(3, [{ id: 'E', version: 4 }], { list }), false);
  expect(stored).toMatchObject({
    ok: true,
    value: { removed: ['C'], listed: ['D', 'B', 'E', 'A'] },
  });
  // B was wanted before and still is; E came whole with the page; X is not to be seen any more.
  expect(nextWanted(held.wanted)).toEqual(['D', 'B']);
  expect((await versions(held)).map(([id]) => id)).toEqual(['A', 'B', 'E']);
});

test('[S14] an older ticket that came into sight and changed in the same page is fetched all the same', async () => {
  const held = await inMemory();
  await storePage(held, page(null, [{ id: 'A', version: 3 }]), false);
  const list = { open: ['A', 'B'], ended: [], cause: 'rights' as const };
  const changed = page(3, [{ id: 'B', version: 4 }], { list });
  const rows = changed.rows.map((row) => ({ ...row, head: { ...row.head, submittedVersion: 2 } }));
  await storePage(held, { ...changed, rows, bytes: null }, false);
  expect(nextWanted(held.wanted)).toEqual(['B']);
});

test('[S7] a list without a cause that takes more than a fifth, and more than 50, is asked about first', async () => {
  const held = await inMemory();
  const ids = manyIds(200);
  await storePage(
    held,
    page(
      null,
      ids.map((id) => ({ id, version: 1 })),
    ),
    false,
  );
  const before = await contents(held);
  const short = page(1, [], { to: 2, list: { open: ids.slice(51), ended: [], cause: null } });
  expect(await storePage(held, short, false)).toEqual({
    ok: false,
    error: { kind: 'asks', removing: 51 },
  });
  expect(await contents(held)).toEqual(before);
  expect(await storePage(held, short, true)).toMatchObject({ ok: true });
  expect(held.count).toBe(149);
  // 50 go unasked, and so do as many as the desk gives a cause for.
  const fifty = page(2, [], { to: 3, list: { open: ids.slice(101), ended: [], cause: null } });
  expect(await storePage(held, fifty, false)).toMatchObject({ ok: true });
  const none = page(3, [], { to: 4, list: { open: [], ended: [], cause: 'rights' } });
  expect(await storePage(held, none, false)).toMatchObject({ ok: true });
  expect(held.count).toBe(0);
});

test('[S1] two workers never write over each other: the one that looked earlier is told', async () => {
  const held = await inMemory();
  const other = await openHeld(held.store);
  await storePage(held, page(null, [{ id: 'A', version: 1 }]), false);
  await expect(storePage(other, page(null, [{ id: 'B', version: 1 }]), false)).rejects.toThrow(
    /another worker/,
  );
  expect(await versions(held)).toEqual([['A', 1]]);
});

test('[S15] a page survives its bytes, and a damaged one is refused with a reason', () => {
  const policy = {
    version: 1,
    rules: 1,
    rulesAt: 0,
    agentId: null,
    document: defaultPolicyDocument,
    days: { firstDate: '2026-11-23', startsAt: [0, 1] },
  };
  const made = page(null, [{ id: 'A', version: 1 }], { policy });
  const whole = toBytes(made);
  const { rows, entries } = made;
  expect(parsePage(whole)).toMatchObject({ ok: true, value: { rows, entries } });
  expect(parsePage(whole.subarray(0, whole.length - 3)).ok).toBe(false);
  const wrong = toBytes({ ...made, rows: [{ head: {} }] as never });
  expect(parsePage(wrong)).toMatchObject({ ok: false });
});
