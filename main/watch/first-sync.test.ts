import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import { MAX_FETCHED } from '../../shared/protocol/fetch-rows.ts';
import type { FetchedEnvelope } from '../../shared/protocol/fetch-rows.ts';
import type { PageEnvelope, VisibleList } from '../../shared/protocol/pull.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import { WEDNESDAY_10, policyVersion, ticket } from '../../test/helpers/tickets.ts';
import { openWatchStore } from './watch-store.ts';
import { openWatchTable } from './watch-table.ts';
import type { WatchTable } from './watch-table.ts';

let directory: string;
let open: WatchTable[] = [];
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const time = { nowMs: () => WEDNESDAY_10 };

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'first-sync-'));
});
afterEach(async () => {
  for (const table of open) await table.close();
  open = [];
  await rm(directory, { recursive: true, force: true });
});

async function openTable(name = 'table'): Promise<WatchTable> {
  const table = await openWatchTable(
    await openWatchStore(join(directory, name), log),
    time,
    time,
    log,
  );
  open.push(table);
  await table.loaded;
  return table;
}

/** As after a kill: nothing is written that was not yet. The lock of the store makes a clean close needful. */
async function again(table: WatchTable, name = 'table'): Promise<WatchTable> {
  await table.close();
  open = open.filter((each) => each !== table);
  return openTable(name);
}

const cursor = (version: number, epoch = 'e1'): Cursor => ({
  epoch,
  version,
  mark: version.toString(16).padStart(16, '0'),
});

function page(from: number | null, to: number, change: Partial<PageEnvelope> = {}): PageEnvelope {
  return {
    protocol: 1,
    deskId: 'd1',
    from: from === null ? null : cursor(from),
    cursor: cursor(to),
    more: false,
    headVersion: to,
    now: WEDNESDAY_10,
    policy: from === null ? policyVersion() : null,
    agents: [],
    removals: [],
    gained: [],
    list: null,
    safe: null,
    ...change,
  };
}
const listed = (
  openIds: string[],
  cause: VisibleList['cause'] = 'first-sync',
  ended: string[] = [],
) => ({ list: { open: openIds, ended, cause } });
const fetched = (version: number, gone: string[] = [], epoch = 'e1'): FetchedEnvelope => ({
  protocol: 1,
  deskId: 'd1',
  epoch,
  version,
  now: WEDNESDAY_10,
  gone,
});
const row = (id: string, version = 1): TicketRow => ({
  head: ticket({ id, version }),
  decidedSeq: 0,
});
const closed = (id: string, version: number): TicketRow => {
  const { head } = row(id, version);
  return { head: { ...head, status: { ...head.status, value: 'closed' } }, decidedSeq: 0 };
};
const ids = (table: WatchTable): string[] => [...table.tickets().keys()].toSorted();
const many = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `t${String(n).padStart(5, '0')}`);

const versionsIn = (table: WatchTable) =>
  new Map(Array.from(table.tickets().values(), (each) => [each.id, each.version]));

/** What a desk that has these rows answers to what the table wants next. */
async function fetchNext(table: WatchTable, most: number, asked: string[] = []): Promise<void> {
  const next = table.nextWanted(most);
  asked.push(...next);
  await table.storeFetched(
    fetched(100),
    next.map((id) => row(id)),
  );
}

test('[S8] a list stores what is wanted with the cursor; batches come in its order, first rows first', async () => {
  const table = await openTable();
  await table.storePage(page(null, 5, listed(['t3', 't1', 't2'])), []);
  expect(table.meta().cursor).toEqual(cursor(5));
  expect(table.wanted()).toEqual({ count: 3, of: 3 });
  expect(table.nextWanted(2)).toEqual(['t3', 't1']);
  expect(await table.storeFetched(fetched(5), [row('t3'), row('t1')])).toEqual({ isFirst: true });
  expect((await table.firstRows()).map(({ head }) => head.id).toSorted()).toEqual(['t1', 't3']);
  expect(await table.storeFetched(fetched(5), [row('t2')])).toEqual({ isFirst: false });
  expect(table.wanted()).toEqual({ count: 0, of: 3 });
});

test('[S8] interrupted again and again it goes on where it was; only lost answers come twice', async () => {
  const all = many(3_000);
  let table = await openTable();
  await table.storePage(page(null, 5, listed(all)), []);
  const asked: string[] = [];
  for (let left = 3_000; left > 0; left -= MAX_FETCHED) {
    asked.push(...table.nextWanted(MAX_FETCHED));
    // The answer is lost with the process.
    table = await again(table);
    expect(table.wanted()).toEqual({ count: left, of: 3_000 });
    await fetchNext(table, MAX_FETCHED, asked);
  }
  expect(ids(await again(table))).toEqual(all);
  expect(asked).toHaveLength(2 * all.length);
});

test('[S8] one kill in the middle of 10,000: at most 5 % is fetched twice', async () => {
  const all = many(10_000);
  let table = await openTable();
  await table.storePage(page(null, 5, listed(all)), []);
  const asked: string[] = [];
  for (let batch = 0; batch < 9; batch += 1) await fetchNext(table, MAX_FETCHED, asked);
  asked.push(...table.nextWanted(MAX_FETCHED));
  table = await again(table);
  while (table.wanted().count > 0) await fetchNext(table, MAX_FETCHED, asked);
  expect(asked.length - all.length).toBeLessThanOrEqual(all.length * 0.05);
  expect(ids(table)).toEqual(all);
});

test('[S8] a removal strikes a wanted id, and the row that was fetched meanwhile is not stored', async () => {
  const table = await openTable();
  await table.storePage(page(null, 5, listed(['t1', 't2'])), []);
  await table.storePage(page(5, 6, { removals: [{ ticketId: 't1', cause: 'moved' }] }), []);
  await table.storeFetched(fetched(6), [row('t1'), row('t2'), row('t9')]);
  expect(ids(table)).toEqual(['t2']);
  expect(ids(await again(table))).toEqual(['t2']);
});

test('[S8] a page brings a wanted row: it is fetched no more, and no version is ever lowered', async () => {
  const table = await openTable();
  await table.storePage(page(null, 5, listed(['t1', 't2', 't3'])), []);
  await table.storePage(page(5, 8), [row('t1', 8), closed('t3', 7)]);
  expect(table.nextWanted(9)).toEqual(['t2']);
  // As it was when it was asked for, before that page.
  await table.storeFetched(fetched(6), [row('t1', 4), row('t2', 2), row('t3', 3)]);
  await table.storePage(page(8, 9), [row('t1', 6)]);
  expect(table.tickets().get('t1')?.version).toBe(8);
  expect(ids(table)).toEqual(['t1', 't2']);
});

test('[S8] what is gone or ended is wanted no more; what did not fit stays wanted', async () => {
  const table = await openTable();
  await table.storePage(page(null, 5, listed(['t1', 't2', 't3', 't4'])), []);
  await table.storeFetched(fetched(6, ['t2']), [row('t1'), closed('t3', 6)]);
  expect(ids(table)).toEqual(['t1']);
  expect(table.nextWanted(9)).toEqual(['t4']);
});

test('[S7] rows of another life of the desk are not stored', async () => {
  const table = await openTable();
  await table.storePage(page(null, 5, listed(['t1'])), []);
  expect(await table.storeFetched(fetched(6, [], 'e2'), [row('t1')])).toBeNull();
  expect(table.nextWanted(9)).toEqual(['t1']);
});

test('[S14] a removal takes a ticket out, on the disk too', async () => {
  const table = await openTable();
  await table.storePage(page(null, 5), [row('t1'), row('t2'), row('t3')]);
  await table.storePage(
    page(5, 7, {
      removals: [
        { ticketId: 't1', cause: 'moved' },
        { ticketId: 't3', cause: 'retention' },
      ],
    }),
    [row('t2', 7)],
  );
  expect(ids(table)).toEqual(['t2']);
  expect(ids(await again(table))).toEqual(['t2']);
});

test('[S14] a list of changed rights takes the rest and fetches what is lacking', async () => {
  const table = await openTable();
  await table.storePage(page(null, 5), [row('t1'), row('t2'), row('t3')]);
  await table.storePage(page(5, 9, listed(['t9', 't2', 't8', 't4'], 'rights')), [row('t8', 9)]);
  expect(ids(table)).toEqual(['t2', 't8']);
  expect(table.nextWanted(9)).toEqual(['t9', 't4']);
  expect(table.wanted()).toEqual({ count: 2, of: 2 });
});

test('[S14] rights that change in the middle of a first sync: what is still lacking is wanted, no more', async () => {
  const table = await openTable();
  await table.storePage(page(null, 5, listed(['t1', 't2', 't3'])), []);
  await table.storeFetched(fetched(5), [row('t1')]);
  await table.storePage(page(5, 9, listed(['t1', 't3', 't4'], 'rights')), []);
  expect(ids(table)).toEqual(['t1']);
  expect(table.nextWanted(9)).toEqual(['t3', 't4']);
  expect((await again(table)).nextWanted(9)).toEqual(['t3', 't4']);
});

test('[S7] a list without a cause that takes more than 20 % and more than 50 asks, and stores nothing', async () => {
  const held = many(100);
  const table = await openTable();
  await table.storePage(
    page(null, 5),
    held.map((id) => row(id)),
  );
  const list = (kept: number) => page(5, 9, listed(held.slice(0, kept), null, [held[99] ?? '']));
  expect(await table.storePage(list(40), [])).toEqual({ removing: 59, held: 100 });
  expect(table.meta().cursor).toEqual(cursor(5));
  expect(table.tickets().size).toBe(100);
  await table.storePage(list(40), [], true);
  expect(table.tickets().size).toBe(40);
});

test.each([
  ['50 or fewer', 'few', 49, null],
  ['20 % or fewer', 'share', 799, null],
  ['with a cause', 'cause', 10, 'rights' as const],
])('[S7] a list that takes %s needs no asking', async (_words, name, kept, cause) => {
  const held = many(name === 'share' ? 998 : 99);
  const table = await openTable(name);
  await table.storePage(
    page(null, 5),
    held.map((id) => row(id)),
  );
  await table.storePage(page(5, 9, listed(held.slice(0, kept), cause)), []);
  expect(table.tickets().size).toBe(kept);
});

test('[S9] revoked: no row is left, and it stays so over a restart until the desk takes the sign-in', async () => {
  let table = await openTable();
  await table.storePage(page(null, 5, listed(['t1', 't2'])), []);
  await table.storeFetched(fetched(5), [row('t1')]);
  await table.revoke();
  expect(table.meta()).toMatchObject({ cursor: null, revoked: true, agents: [] });
  expect(ids(table)).toEqual([]);
  table = await again(table);
  expect(table.meta()).toMatchObject({ cursor: null, revoked: true });
  expect(await table.firstRows()).toEqual([]);
  expect(table.wanted().count).toBe(0);
  table = await again(table);
  expect(table.meta().revoked).toBe(true);
  await table.admit();
  await table.storePage(page(null, 9, listed(['t1'])), []);
  table = await again(table);
  expect(table.meta()).toMatchObject({ cursor: cursor(9), revoked: false });
});

test('[S7] rebuilt for another life of the desk: versions of the old one do not keep rows of the new out', async () => {
  const table = await openTable();
  await table.storePage(page(null, 50), [row('t1', 50)]);
  await table.rebuild();
  expect(table.meta().cursor).toBeNull();
  expect(ids(table)).toEqual([]);
  await table.storePage({ ...page(null, 20, listed(['t1'])), cursor: cursor(20, 'e2') }, []);
  await table.storeFetched(fetched(20, [], 'e2'), [row('t1', 12)]);
  expect(table.tickets().get('t1')?.version).toBe(12);
});

test('[S8] whatever pages, rows and restarts come between: in the end it holds what the desk shows', async () => {
  type Step =
    | { kind: 'fetch'; most: number }
    | { kind: 'change'; id: number; to: 'open' | 'closed' | 'moved' }
    | { kind: 'pull' }
    | { kind: 'rights' }
    | { kind: 'restart' };
  const anyStep = fc.oneof(
    fc.record({ kind: fc.constant('fetch' as const), most: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      kind: fc.constant('change' as const),
      id: fc.nat(7),
      to: fc.constantFrom('open' as const, 'closed' as const, 'moved' as const),
    }),
    fc.constantFrom<Step>({ kind: 'pull' }, { kind: 'rights' }, { kind: 'restart' }),
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => {
      run += 1;
      const name = `run-${run}`;
      let table = await openTable(name);
      const desk = new Map<string, { version: number; state: 'open' | 'closed' | 'moved' }>(
        many(8).map((id, n) => [id, { version: n + 1, state: 'open' }]),
      );
      let version = 8;
      let wantsList = true;
      const rowOf = (id: string): TicketRow => {
        const at = desk.get(id);
        return at?.state === 'closed' ? closed(id, at.version) : row(id, at?.version ?? 0);
      };
      const visible = (state: 'open' | 'closed') =>
        [...desk].filter(([, at]) => at.state === state).map(([id]) => id);
      const pull = async () => {
        const from = table.meta().cursor?.version ?? null;
        const changed = [...desk].filter(([, at]) => from !== null && at.version > from);
        const list =
          from === null || wantsList
            ? listed(visible('open'), from === null ? 'first-sync' : 'rights', visible('closed'))
            : {};
        wantsList = false;
        const removals = changed
          .filter(([, at]) => at.state === 'moved')
          .map(([ticketId]) => ({ ticketId, cause: 'moved' as const }));
        const rows = changed.filter(([, at]) => at.state !== 'moved').map(([id]) => rowOf(id));
        await table.storePage(page(from, version, { removals, ...list }), rows);
      };
      const fetchSome = async (most: number) => {
        const wanted = table.nextWanted(most);
        const gone = wanted.filter((id) => desk.get(id)?.state === 'moved');
        const rows = wanted.filter((id) => !gone.includes(id)).map(rowOf);
        if (wanted.length > 0) await table.storeFetched(fetched(version, gone), rows);
      };
      await pull();
      for (const step of steps) {
        if (step.kind === 'fetch') await fetchSome(step.most);
        else if (step.kind === 'pull') await pull();
        else if (step.kind === 'rights') wantsList = true;
        else if (step.kind === 'restart') table = await again(table, name);
        else {
          version += 1;
          desk.set(many(8)[step.id] ?? '', { version, state: step.to });
        }
      }
      await pull();
      while (table.wanted().count > 0) await fetchSome(3);
      expect(versionsIn(table)).toEqual(
        new Map(visible('open').map((id) => [id, desk.get(id)?.version])),
      );
      table = await again(table, name);
      expect(ids(table)).toEqual(visible('open').toSorted());
    }),
    { numRuns: 40 },
  );
}, 30_000);
