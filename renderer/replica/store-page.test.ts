import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import { joinPage } from '../../shared/protocol/page.ts';
import { submit } from '../../shared/tickets/intake.ts';
import { parsePage } from './parse-page.ts';
import type { ParsedPage } from './parse-page.ts';
import { dexieReplicaStore } from './dexie-replica-store.ts';
import { clearReplica, readRows, readState, readTimeline } from './read-replica.ts';
import type { ReplicaStore } from './replica-store.ts';
import { storePage } from './store-page.ts';

const at = Date.parse('2026-11-23T09:00:00Z');

function open(): ReplicaStore {
  return dexieReplicaStore('replica', { indexedDB: new IDBFactory(), IDBKeyRange });
}

const cursor = (version: number, epoch = 'e1') => ({ epoch, version, mark: '00000000000000aa' });

/** A page that holds one change of each ticket named, at these versions. */
function page(
  from: number | null,
  changes: { id: string; version: number; decidedSeq?: number }[],
  epoch = 'e1',
): ParsedPage {
  const made = changes.map(({ id, version, decidedSeq = 0 }) => {
    const { head, entries } = submit(
      {
        id,
        reference: `VH-${id}`,
        subject: `At ${version}`,
        text: 'Text',
        customer: {
          id: 'c',
          organisation: 'O',
          contact: 'C',
          address: 'c@x.example',
          licence: 'saas',
        },
        channel: 'web',
        teamId: 't1',
        asked: null,
        receivedAt: at,
      },
      { version, acceptedAt: at },
    );
    return {
      row: { head, decidedSeq },
      entries: entries.map((entry) => ({ ...entry, id: `${id}-${version}/0` })),
    };
  });
  const end = Math.max(from ?? 0, ...changes.map((each) => each.version));
  return {
    envelope: {
      protocol: 1,
      deskId: 'd',
      from: from === null ? null : cursor(from, epoch),
      cursor: cursor(end, epoch),
      more: false,
      headVersion: end,
      now: at,
      policy: null,
      agents: [],
      removals: [],
      gained: [],
      list: null,
      safe: null,
    },
    rows: made.map((each) => each.row),
    entries: made.flatMap((each) => each.entries),
  };
}

async function contents(store: ReplicaStore) {
  return store.read(async ({ tickets, state }) => ({
    tickets: await tickets.all(),
    state: await state.all(),
  }));
}

const heads = async (store: ReplicaStore) => (await readRows(store)).map(({ head }) => head);

test('S1: rows, entries and cursor of a page are stored together', async () => {
  const store = open();
  const stored = await storePage(store, page(null, [{ id: 'A', version: 4 }]));
  expect(stored).toMatchObject({ ok: true, value: { cursor: cursor(4) } });
  expect((await heads(store)).map(({ version }) => version)).toEqual([4]);
  expect(await readTimeline(store, 'A')).toHaveLength(1);
  expect((await readState(store)).cursor).toEqual(cursor(4));
});

test('S1: the same page again changes nothing', async () => {
  const store = open();
  const first = page(null, [
    { id: 'A', version: 1 },
    { id: 'B', version: 2 },
  ]);
  await storePage(store, first);
  const before = await contents(store);
  const again = await storePage(store, first);
  expect(again).toMatchObject({ ok: true, value: { rows: [], cursor: cursor(2) } });
  expect(await contents(store)).toEqual(before);
});

test('S8: whatever pages come again in whatever order, no version and no cursor is ever lowered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }), async (order) => {
      const store = open();
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
        const stored = await storePage(store, next);
        const state = await readState(store);
        expect(stored.ok).toBe(index === 0 || index * 2 <= highestCursor);
        for (const { id, version } of await heads(store)) {
          expect(version).toBeGreaterThanOrEqual(highest.get(id) ?? 0);
          highest.set(id, version);
        }
        expect(state.cursor?.version ?? 0).toBeGreaterThanOrEqual(highestCursor);
        highestCursor = state.cursor?.version ?? 0;
      }
    }),
    { numRuns: 40 },
  );
});

test('S1: a page that starts after what is stored is refused, and nothing of it is kept', async () => {
  const store = open();
  await storePage(store, page(null, [{ id: 'A', version: 1 }]));
  const before = await contents(store);
  const stored = await storePage(store, page(5, [{ id: 'A', version: 6 }]));
  expect(stored).toMatchObject({ ok: false, error: { kind: 'gap' } });
  expect(await contents(store)).toEqual(before);
});

test('S7: a page of another epoch is refused until the replica was cleared', async () => {
  const store = open();
  await storePage(store, page(null, [{ id: 'A', version: 9 }]));
  const other = page(null, [{ id: 'A', version: 2 }], 'e2');
  expect(await storePage(store, other)).toMatchObject({
    ok: false,
    error: { kind: 'other-epoch' },
  });
  await clearReplica(store);
  expect(await storePage(store, other)).toMatchObject({ ok: true });
  expect((await heads(store)).map(({ version }) => version)).toEqual([2]);
});

test('S1: a page whose entries cannot be stored leaves neither rows nor cursor', async () => {
  const store = open();
  await storePage(store, page(null, [{ id: 'A', version: 1 }]));
  const before = await contents(store);
  const broken = page(1, [{ id: 'B', version: 2 }]);
  // A function cannot be cloned into the database, as a full disk could not take it.
  const bad = { ...broken, entries: [{ ...broken.entries[0], id: () => 'x' }] as never };
  await expect(storePage(store, bad)).rejects.toThrow(/clone/);
  expect(await contents(store)).toEqual(before);
});

test('S4: at the same version the row that knows more of our commands is kept', async () => {
  const store = open();
  await storePage(store, page(null, [{ id: 'A', version: 1, decidedSeq: 5 }]));
  await storePage(store, page(null, [{ id: 'A', version: 1, decidedSeq: 2 }]));
  expect(await readRows(store)).toMatchObject([{ decidedSeq: 5 }]);
});

test('heads are read whole; a timeline by version, then id', async () => {
  const store = open();
  const ids = ['A', 'B', 'C', 'D', 'E'];
  await storePage(
    store,
    page(
      null,
      ids.map((id, index) => ({ id, version: index + 1 })),
    ),
  );
  await storePage(store, page(5, [{ id: 'B', version: 6 }]));
  expect((await heads(store)).map(({ id }) => id)).toEqual(ids);
  expect((await readTimeline(store, 'B')).map((entry) => entry.version)).toEqual([2, 6]);
});

test('S15: a page survives its bytes, and a damaged one is refused with a reason', () => {
  const { envelope, rows, entries } = page(null, [{ id: 'A', version: 1 }]);
  const text = new TextEncoder();
  const parts = {
    envelope: text.encode(
      JSON.stringify({
        ...envelope,
        policy: {
          version: 1,
          rules: 1,
          rulesAt: 0,
          agentId: null,
          document: defaultPolicyDocument,
          days: { firstDate: '2026-11-23', startsAt: [0, 1] },
        },
      }),
    ),
    rows: text.encode(JSON.stringify(rows)),
    entries: text.encode(JSON.stringify(entries)),
  };
  const whole = joinPage(parts);
  expect(parsePage(whole)).toMatchObject({ ok: true, value: { rows, entries } });
  expect(parsePage(whole.subarray(0, whole.length - 3)).ok).toBe(false);
  const wrong = joinPage({ ...parts, rows: text.encode('[{"head":{}}]') });
  expect(parsePage(wrong)).toMatchObject({ ok: false });
});
