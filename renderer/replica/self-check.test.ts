import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { openHeld } from '../../test/helpers/held-replica.ts';
import { manyIds, page, toBytes } from '../../test/helpers/replica-pages.ts';
import { replicaWorker } from '../../test/helpers/replica-worker.ts';
import { dexieReplicaStore } from './dexie-replica-store.ts';
import type { ReplicaStore, ReplicaTables } from './replica-store.ts';
import { storePage } from './store-page.ts';

const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function start(...parts: Parameters<typeof replicaWorker>) {
  const it = replicaWorker(...parts);
  ends.push(it.end);
  return it;
}

const ids = manyIds(150);
const emptyHello = { kind: 'hello', cursor: null, wanted: [], wantedCount: 0, held: 0 };

/** A disk with 150 tickets in a chunk, two fresh ones and 600 that are wanted; then something befalls it. */
async function diskWith(
  fault: (tables: ReplicaTables, raw: IDBFactory) => Promise<void>,
): Promise<IDBFactory> {
  const indexedDB = new IDBFactory();
  const store = dexieReplicaStore('r', { indexedDB, IDBKeyRange });
  const held = await openHeld(store);
  const changes = ids.map((id) => ({ id, version: 1 }));
  await storePage(held, page(null, changes, { gained: manyIds(600, 'W') }), false);
  const more = ['B', 'T00003'].map((id) => ({ id, version: 2 }));
  await storePage(held, page(1, more), false);
  await store.write((tables) => fault(tables, indexedDB));
  store.close();
  return indexedDB;
}

async function firstOf<T>(records: Promise<T[]>): Promise<T> {
  const [record] = await records;
  if (record === undefined) throw new Error('there is none');
  return record;
}

function flip(bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
  const other = bytes.slice();
  const index = at < 0 ? other.length + at : at;
  other[index] = (other[index] ?? 0) ^ 4;
  return other;
}

/** What is found before any row of it is shown, and what is found at rest. */
const faults: Record<string, (tables: ReplicaTables) => Promise<void>> = {
  'a flipped bit in a chunk': async ({ chunks }) => {
    const chunk = await firstOf(chunks.all());
    await chunks.put([{ ...chunk, bytes: flip(chunk.bytes, 2_000) }]);
  },
  'a chunk cut short': async ({ chunks }) => {
    const chunk = await firstOf(chunks.all());
    await chunks.put([{ ...chunk, bytes: chunk.bytes.slice(0, -5) }]);
  },
  'a lost version in a chunk': async ({ chunks }) => {
    const chunk = await firstOf(chunks.all());
    await chunks.put([{ ...chunk, versions: chunk.versions.map(() => 7) }]);
  },
  'a deleted chunk': ({ chunks }) => chunks.clear(),
  'a deleted fresh ticket': ({ fresh }) => fresh.remove(['B']),
  'a deleted list of wanted tickets': async ({ wanted }) => {
    await wanted.remove([(await firstOf(wanted.all())).n]);
  },
  'the deleted state': ({ state }) => state.clear(),
  'a flipped bit in a block': async ({ blocks }) => {
    const block = await firstOf(blocks.all());
    await blocks.put([{ ...block, bytes: flip(block.bytes, -40) }]);
  },
  'a deleted block': ({ blocks }) => blocks.clear(),
  'a fresh ticket with another row': async ({ fresh }) => {
    const record = await firstOf(fresh.all());
    await fresh.put([{ ...record, row: { head: {}, decidedSeq: 0 } as never }]);
  },
};

test.each(Object.keys(faults))(
  '[S12] after %s the replica is dropped, said to be so, and begun anew',
  async (name) => {
    const disk = await diskWith((tables) => faults[name]?.(tables) ?? Promise.resolve());
    const it = start(disk);
    it.open();
    await vi.waitFor(() => {
      it.rest();
      expect(it.toMain.at(-1)).toEqual(emptyHello);
    });
    expect(it.said).toContainEqual({ kind: 'dropped', why: 'damaged' });
    expect(it.said.map(({ kind }) => kind)).not.toContain('fault');
    expect(it.said.at(-1)).toMatchObject({ kind: 'opened', synced: false });
    // It works again, and so does the next start.
    it.page(toBytes(page(null, [{ id: 'A', version: 1 }])));
    await vi.waitFor(() => {
      expect(it.toMain.at(-1)).toMatchObject({ kind: 'stored', held: 1 });
    });
    const next = start(disk);
    next.open();
    await vi.waitFor(() => {
      expect(next.toMain).toMatchObject([{ kind: 'hello', held: 1 }]);
    });
  },
);

test('[S12] no row of a damaged chunk is ever given to the page', async () => {
  const it = start(
    await diskWith(
      (tables) => faults['a flipped bit in a chunk']?.(tables) ?? Promise.reject(new Error('none')),
    ),
  );
  it.open();
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toEqual(emptyHello);
  });
  expect(it.said.map(({ kind }) => kind)).toEqual(['dropped', 'opened']);
});

test('[S12] no entry of a damaged block is ever given to the page', async () => {
  const it = start(
    await diskWith(
      (tables) => faults['a flipped bit in a block']?.(tables) ?? Promise.reject(new Error('none')),
    ),
  );
  it.open();
  it.serve({ kind: 'timeline', ticketId: 'T00009', request: 1 });
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toEqual(emptyHello);
  });
  expect(it.said).toContainEqual({ kind: 'timeline', request: 1, entries: null, isWhole: false });
  expect(it.said).toContainEqual({ kind: 'dropped', why: 'damaged' });
});

test('[S12] a sound replica is left alone, and pages are served between the slices of the check', async () => {
  const it = start(await diskWith(() => Promise.resolve()));
  it.open();
  await vi.waitFor(() => {
    expect(it.toMain).toMatchObject([{ kind: 'hello', held: 151, wantedCount: 600 }]);
  });
  it.page(toBytes(page(2, [{ id: 'A', version: 3 }])));
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toMatchObject({ kind: 'stored', held: 152 });
  });
  let slices = 0;
  await vi.waitFor(() => {
    while (it.rest()) slices += 1;
    // One block, fresh tickets, and a look at what else there is to do.
    expect(slices).toBeGreaterThanOrEqual(3);
  });
  it.page(toBytes(page(3, [{ id: 'A', version: 4 }])));
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toMatchObject({ cursor: { version: 4 } });
  });
  expect(it.said.map(({ kind }) => kind)).not.toContain('dropped');
});

test('[S12] a database that does not answer within 5 s is done without: the replica is fetched into memory', async () => {
  const silent: ReplicaStore = {
    write: () => new Promise(() => undefined),
    read: () => new Promise(() => undefined),
    drop: () => new Promise(() => undefined),
    close: () => undefined,
  };
  const it = start(new IDBFactory(), () => silent);
  it.open();
  await vi.waitFor(() => {
    expect(it.giveUpOpening()).not.toBeNull();
  });
  await vi.waitFor(() => {
    expect(it.toMain).toEqual([emptyHello]);
  });
  expect(it.said).toMatchObject([
    { kind: 'dropped', why: 'no-answer' },
    { kind: 'opened', synced: false },
  ]);
  it.page(toBytes(page(null, [{ id: 'A', version: 1 }])));
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toMatchObject({ kind: 'stored', held: 1 });
  });
  it.serve({ kind: 'timeline', ticketId: 'A', request: 1 });
  await vi.waitFor(() => {
    expect(it.said.at(-1)).toMatchObject({ kind: 'timeline', entries: [{ ticketId: 'A' }] });
  });
});

test('[S12] a database that fails to open twice is deleted and made anew', async () => {
  const disk = await diskWith(() => Promise.resolve());
  let broken = true;
  const it = start(disk, (name) => {
    const real = it.openReal(name);
    const fails = () => Promise.reject(new Error('Internal error opening backing store'));
    return {
      ...real,
      read: (step) => (broken ? fails() : real.read(step)),
      drop: async () => {
        await real.drop();
        broken = false;
      },
    };
  });
  it.open();
  for (const ms of [1_000, 2_000]) {
    await vi.waitFor(() => {
      expect(it.isWaitingToTryAgain()).toBe(true);
    });
    expect(it.tryAgain()).toBe(ms);
  }
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toEqual(emptyHello);
  });
});
