import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HOUR_MS } from '../../shared/base/time.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { FetchedEnvelope } from '../../shared/protocol/fetch-rows.ts';
import type { PageEnvelope } from '../../shared/protocol/pull.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import { WEDNESDAY_10, policyVersion, ticket } from '../../test/helpers/tickets.ts';
import { openWatchStore } from './watch-store.ts';
import type { WatchStore } from './watch-store.ts';
import { openWatchTable } from './watch-table.ts';
import type { WatchTable } from './watch-table.ts';

let directory: string;
let nowMs: number;
let warned: string[];
let open: WatchTable[] = [];
const log = {
  info: () => undefined,
  warn: (message: string) => warned.push(message),
  error: (message: string) => warned.push(message),
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'watch-'));
  nowMs = WEDNESDAY_10;
  warned = [];
});
afterEach(async () => {
  for (const table of open) await table.close();
  open = [];
  await rm(directory, { recursive: true, force: true });
});

const path = (): string => join(directory, 'table');
const time = { nowMs: () => nowMs };

async function openTable(change: (store: WatchStore) => WatchStore = (store) => store) {
  const store = change(await openWatchStore(path(), log));
  const table = await openWatchTable(store, time, time, log);
  open.push(table);
  return table;
}

async function close(table: WatchTable): Promise<void> {
  await table.close();
  open = open.filter((each) => each !== table);
}

const cursor = (version: number): Cursor => ({
  epoch: 'e1',
  version,
  mark: version.toString(16).padStart(16, '0'),
});

function envelope(from: number | null, to: number, more = false): PageEnvelope {
  return {
    protocol: 1,
    deskId: 'd1',
    from: from === null ? null : cursor(from),
    cursor: cursor(to),
    more,
    headVersion: to,
    now: nowMs,
    policy: from === null ? policyVersion() : null,
    agents: [],
    removals: [],
    gained: [],
    list: null,
    safe: null,
  };
}

const firstList = (to: number, open: string[], ended: string[] = []): PageEnvelope => ({
  ...envelope(null, to),
  list: { open, ended, cause: 'first-sync' },
});

const fetched = (version: number, gone: string[] = []): FetchedEnvelope => ({
  protocol: 1,
  deskId: 'd1',
  epoch: 'e1',
  version,
  now: nowMs,
  gone,
});

const row = (id: string, version = 1, change: Partial<TicketRow['head']> = {}): TicketRow => ({
  head: ticket({ id, version, ...change }),
  decidedSeq: 0,
});
const closed = (id: string, version: number): TicketRow => {
  const { head } = row(id, version);
  return row(id, version, { status: { ...head.status, value: 'closed' } });
};
const ids = (table: WatchTable): string[] => [...table.tickets().keys()].toSorted();

async function filled(rows = [row('t1'), row('t2')]): Promise<void> {
  const table = await openTable();
  await table.storePage(envelope(null, 5), rows);
  await close(table);
}

test('[U4] a ticket closed while its row is read for an edge does not come back', async () => {
  let release = (): void => undefined;
  let isReading = false;
  const table = await openTable((store) => ({
    ...store,
    rows: async (wanted) => {
      const found = await store.rows(wanted);
      isReading = true;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return found;
    },
  }));
  await table.storePage(envelope(null, 5), [row('t1'), row('t2')]);
  nowMs += 900 * HOUR_MS;
  const crossing = table.crossEdges();
  await vi.waitFor(() => {
    expect(isReading).toBe(true);
  });
  await table.storePage(envelope(5, 6), [closed('t1', 6), row('t2', 6, { subject: 'Newer' })]);
  release();
  await crossing;
  expect(ids(table)).toEqual(['t2']);
  expect(table.tickets().get('t2')).toMatchObject({ version: 6, subject: 'Newer' });
});

test('a page that does not begin where the table stands is ignored', async () => {
  const table = await openTable();
  await table.storePage(envelope(null, 5), [row('t1', 5)]);
  const [first, late] = await Promise.all([
    table.storePage(envelope(5, 9), [row('t1', 9)]),
    table.storePage(envelope(5, 7), [row('t1', 7)]),
  ]);
  expect(first).not.toBeNull();
  expect(late).toBeNull();
  expect(table.meta().cursor?.version).toBe(9);
  await close(table);
  const again = await openTable();
  await again.loaded;
  expect(again.tickets().get('t1')?.version).toBe(9);
});

test('a row that cannot be understood: the others are there, and all is pulled anew', async () => {
  await filled();
  const db = new ClassicLevel(path());
  await db.put('t:t2', '{"head":{"id":"t2"}}');
  await db.close();
  const table = await openTable();
  await table.loaded;
  expect(ids(table)).toEqual(['t1']);
  expect(table.meta().cursor).toBeNull();
  expect(warned).toHaveLength(1);
  // What the desk no longer lists goes at once; what it lists comes again, also where it was in memory.
  await table.storePage(firstList(6, ['t3', 't2']), []);
  expect(ids(table)).toEqual([]);
  expect(table.nextWanted(9)).toEqual(['t3', 't2']);
  await table.storeFetched(fetched(7), [row('t2', 6), row('t3', 7)]);
  expect(ids(table)).toEqual(['t2', 't3']);
  await close(table);
  const again = await openTable();
  await again.loaded;
  expect(ids(again)).toEqual(['t2', 't3']);
  expect(warned).toHaveLength(1);
});

test('a bad block does not stop the console: the table is made anew', async () => {
  await filled(Array.from({ length: 300 }, (_, n) => row(`t${n}`)));
  const db = new ClassicLevel(path());
  await db.compactRange('a', 'z');
  await db.close();
  for (const name of await readdir(path())) {
    if (!name.endsWith('.ldb')) continue;
    const bytes = await readFile(join(path(), name));
    bytes.fill(0xff, 100, Math.floor(bytes.byteLength / 2));
    await writeFile(join(path(), name), bytes);
  }
  const table = await openTable();
  await table.loaded;
  await table.crossEdges();
  expect(table.meta().cursor).toBeNull();
  expect(warned.length).toBeGreaterThan(0);
  await table.storePage(envelope(null, 6), [row('t1', 6)]);
  expect((await table.firstRows()).map(({ head }) => head.id)).toEqual(['t1']);
});

test('rows of another shape are dropped with their cursor', async () => {
  await filled();
  const db = new ClassicLevel(path());
  const meta = (await db.get('m:meta')) ?? '';
  await db.put('m:meta', meta.replace(/"shape":"[^"]*"/, '"shape":"older"'));
  await db.close();
  const table = await openTable();
  await table.loaded;
  expect(table.meta().cursor).toBeNull();
  expect(ids(table)).toEqual([]);
});

test('[C9] a table from before it was kept when the desk told the time is used as it is', async () => {
  await filled();
  const db = new ClassicLevel(path());
  const meta = (await db.get('m:meta')) ?? '';
  await db.put('m:meta', meta.replace(/,"confirmedAt":[^,}]*/, ''));
  await db.close();
  const table = await openTable();
  expect(table.meta()).toMatchObject({ cursor: cursor(5), confirmedAt: null });
  await table.loaded;
  expect(ids(table)).toEqual(['t1', 't2']);
});

test('the time of the last sync is kept on empty pages, on the disk each 30 s and at a clean close', async () => {
  let writes = 0;
  const table = await openTable((store) => ({
    ...store,
    store: (change) => {
      writes += 1;
      return store.store(change);
    },
  }));
  await table.storePage(envelope(null, 5), [row('t1')]);
  for (let n = 0; n < 60; n += 1) {
    nowMs += 1_000;
    table.noteDesk({ offsetMs: n, confirmedAt: nowMs });
    await table.storePage(envelope(5, 5), []);
  }
  expect(table.meta().syncedAt).toBe(nowMs);
  expect(writes).toBe(3);
  nowMs += 1_000;
  await table.storePage(envelope(5, 5), []);
  await close(table);
  expect((await openTable()).meta()).toMatchObject({
    syncedAt: nowMs,
    offsetMs: 59,
    confirmedAt: nowMs - 1_000,
  });
});

test('what is on top is written at most each 30 s, and at a clean close', async () => {
  let writes = 0;
  const table = await openTable((store) => ({
    ...store,
    putTopIds: (top) => {
      writes += 1;
      return store.putTopIds(top);
    },
  }));
  await table.loaded;
  await table.storePage(envelope(null, 1), [row('t1')]);
  for (let version = 2; version <= 20; version += 1) {
    await table.saveTop();
    await table.storePage(envelope(version - 1, version), [row(`t${version}`, version)]);
  }
  expect(writes).toBe(1);
  await close(table);
  expect(writes).toBe(2);
  expect((await openTable()).openCount()).toBe(20);
});
