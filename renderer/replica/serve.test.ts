import { IDBFactory } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { cursorAt, fetched, manyIds, page, toBytes } from '../../test/helpers/replica-pages.ts';
import { replicaWorker } from '../../test/helpers/replica-worker.ts';
import type { ReplicaStore } from './replica-store.ts';

const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function start(...parts: Parameters<typeof replicaWorker>) {
  const it = replicaWorker(...parts);
  ends.push(it.end);
  return it;
}

const changeOf = (from: number | null, version: number, epoch = 'e1'): Uint8Array =>
  toBytes(page(from, [{ id: 'A', version }], { epoch }));

const kinds = (messages: readonly { kind: string }[]) => messages.map((each) => each.kind);
const emptyHello = { kind: 'hello', cursor: null, wanted: [], wantedCount: 0, held: 0 };

test('[S13] the replica says hello, and the page hears of a stored page before main does', async () => {
  const it = start();
  it.open();
  await vi.waitFor(() => {
    expect(it.toMain).toEqual([emptyHello]);
  });
  it.serve({ kind: 'follow', ticketId: 'A' });
  it.page(changeOf(null, 1));
  await vi.waitFor(() => {
    expect(kinds(it.toMain)).toEqual(['hello', 'stored']);
  });
  expect(it.toMain.at(-1)).toEqual({ ...emptyHello, kind: 'stored', cursor: cursorAt(1), held: 1 });
  expect(it.order.slice(-2)).toEqual(['page changed', 'main stored']);
  expect(it.said.at(-1)).toMatchObject({ kind: 'changed', entries: [{ ticketId: 'A' }] });
});

test('[S4] only the entries of the followed ticket come along', async () => {
  const it = start();
  it.open();
  it.serve({ kind: 'follow', ticketId: 'B' });
  it.page(changeOf(null, 1));
  await vi.waitFor(() => {
    expect(it.said.at(-1)).toMatchObject({ kind: 'changed', entries: [] });
  });
});

test('[S8] a first sync: the list, then rows by id with what is still wanted; a worker that starts anew goes on', async () => {
  const disk = new IDBFactory();
  const it = start(disk);
  const ids = manyIds(700);
  it.open();
  const list = { open: ids, ended: [], cause: 'first-sync' as const };
  it.page(toBytes(page(null, [], { to: 9, list })));
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toMatchObject({ kind: 'stored', wantedCount: 700, held: 0 });
  });
  expect(it.said.at(-1)).toMatchObject({ listed: ids, progress: { held: 0, wanted: 700 } });
  it.rows(toBytes(fetched(ids.slice(0, 500).map((id) => ({ id, version: 9 })))));
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toMatchObject({ wantedCount: 200, held: 500 });
  });
  const next = start(disk);
  next.open();
  await vi.waitFor(() => {
    expect(next.toMain).toEqual([
      {
        kind: 'hello',
        cursor: cursorAt(9),
        wanted: ids.slice(500),
        wantedCount: 200,
        held: 500,
      },
    ]);
  });
  expect(kinds(next.said)).toEqual(['heads', 'opened']);
});

test('[S7] what a list would take is asked about; said yes to, it is taken', async () => {
  const it = start();
  const ids = manyIds(100);
  it.open();
  it.page(
    toBytes(
      page(
        null,
        ids.map((id) => ({ id, version: 1 })),
      ),
    ),
  );
  const short = toBytes(page(1, [], { to: 2, list: { open: ['T00000'], ended: [], cause: null } }));
  it.page(short);
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toEqual({ kind: 'asks', removing: 99 });
  });
  it.page(short, true);
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toMatchObject({ kind: 'stored', held: 1 });
  });
  expect(kinds(it.said)).not.toContain('fault');
});

test('[S13] after a failure it says hello again on the same port, waiting longer each time', async () => {
  const it = start();
  it.open();
  for (const [index, ms] of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].entries()) {
    it.page(new Uint8Array([1]));
    await vi.waitFor(() => {
      expect(it.isWaitingToTryAgain()).toBe(true);
    });
    expect(it.tryAgain()).toBe(ms);
    await vi.waitFor(() => {
      expect(kinds(it.toMain).filter((kind) => kind === 'hello')).toHaveLength(index + 2);
    });
  }
  it.page(changeOf(null, 1));
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)?.kind).toBe('stored');
  });
  it.page(new Uint8Array([1]));
  await vi.waitFor(() => {
    expect(it.isWaitingToTryAgain()).toBe(true);
  });
  expect(it.tryAgain()).toBe(1_000);
});

test('[S13] a database that cannot be opened is tried again, and then the replica begins', async () => {
  let tries = 0;
  const it = start(new IDBFactory(), (name) => {
    tries += 1;
    if (tries < 3) throw new Error('no disk');
    return it.openReal(name);
  });
  it.open();
  for (const faults of [1, 2]) {
    await vi.waitFor(() => {
      expect(it.isWaitingToTryAgain()).toBe(true);
    });
    expect(kinds(it.said)).toEqual(Array.from({ length: faults }, () => 'fault'));
    it.tryAgain();
  }
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toEqual(emptyHello);
  });
  expect(kinds(it.said)).toEqual(['fault', 'fault', 'opened']);
});

test('[S1] a page that cannot be stored is told to main, and the database is opened anew', async () => {
  const opened: ReplicaStore[] = [];
  const it = start(new IDBFactory(), (name) => {
    const store = it.openReal(name);
    opened.push(store);
    return store;
  });
  it.open();
  await vi.waitFor(() => {
    expect(it.toMain).toHaveLength(1);
  });
  opened[0]?.close();
  it.page(changeOf(null, 1));
  await vi.waitFor(() => {
    expect(kinds(it.toMain)).toEqual(['hello', 'failed']);
  });
  it.serve({ kind: 'timeline', ticketId: 'A', request: 1 });
  await vi.waitFor(() => {
    expect(it.said).toContainEqual({
      kind: 'timeline',
      request: 1,
      entries: null,
      isWhole: false,
    });
  });
  it.tryAgain();
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)?.kind).toBe('hello');
  });
  it.page(changeOf(null, 1));
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)?.kind).toBe('stored');
  });
});

test('[S7] a page of another epoch clears the replica, which then says hello with nothing', async () => {
  const it = start();
  it.open();
  it.page(changeOf(null, 4));
  it.page(changeOf(4, 5, 'e2'));
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toEqual(emptyHello);
    expect(it.toMain).toHaveLength(3);
  });
  expect(kinds(it.said).at(-1)).toBe('reset');
  it.page(changeOf(null, 2, 'e2'));
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)?.kind).toBe('stored');
  });
});

test('[S9] told to drop everything, it holds nothing any more, also after a restart', async () => {
  const disk = new IDBFactory();
  const it = start(disk);
  it.open();
  it.page(changeOf(null, 4));
  it.reset();
  await vi.waitFor(() => {
    expect(kinds(it.toMain)).toEqual(['hello', 'stored', 'hello']);
  });
  expect(it.toMain.at(-1)).toEqual(emptyHello);
  const next = start(disk);
  next.open();
  await vi.waitFor(() => {
    expect(next.toMain).toEqual([emptyHello]);
  });
});

test('[S15] a timeline says whether all of it is here', async () => {
  const it = start();
  it.open();
  it.page(toBytes(page(null, [{ id: 'A', version: 1 }], { gained: ['A'] })));
  it.page(changeOf(1, 2));
  it.serve({ kind: 'timeline', ticketId: 'A', request: 1 });
  it.serve({ kind: 'timeline', ticketId: 'long-closed', request: 2 });
  await vi.waitFor(() => {
    expect(it.toMain).toHaveLength(3);
  });
  it.rows(toBytes(fetched([{ id: 'A', version: 2 }])));
  await vi.waitFor(() => {
    expect(it.toMain).toHaveLength(4);
  });
  it.serve({ kind: 'timeline', ticketId: 'A', request: 3 });
  await vi.waitFor(() => {
    expect(it.said.at(-1)).toMatchObject({ kind: 'timeline', request: 3 });
  });
  const answers = it.said.flatMap((each) =>
    each.kind === 'timeline' ? [[each.request, each.isWhole]] : [],
  );
  expect(answers).toEqual([
    [1, false],
    [2, false],
    [3, true],
  ]);
});
