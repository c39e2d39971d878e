import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import { joinPage } from '../../shared/protocol/page.ts';
import { submit } from '../../shared/tickets/intake.ts';
import { parsePage } from './parse-page.ts';
import type { ParsedPage } from './parse-page.ts';
import { clearReplica, openReplicaDb, readHeads, readState, readTimeline } from './replica-db.ts';
import type { ReplicaDb } from './replica-db.ts';
import { storePage } from './store-page.ts';

const at = Date.parse('2026-11-23T09:00:00Z');

function open(): ReplicaDb {
  return openReplicaDb('replica', { indexedDB: new IDBFactory(), IDBKeyRange });
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

async function contents(db: ReplicaDb) {
  return {
    heads: await db.heads.orderBy('id').toArray(),
    entries: await db.entries.orderBy('id').toArray(),
    state: await readState(db),
  };
}

test('S1: rows, entries and cursor of a page are stored together', async () => {
  const db = open();
  const stored = await storePage(db, page(null, [{ id: 'A', version: 4 }]));
  expect(stored).toMatchObject({ ok: true, value: { cursor: cursor(4) } });
  const { heads, entries, state } = await contents(db);
  expect(heads.map((row) => row.head.version)).toEqual([4]);
  expect(entries).toHaveLength(1);
  expect(state.cursor).toEqual(cursor(4));
});

test('S1: the same page again changes nothing', async () => {
  const db = open();
  const first = page(null, [
    { id: 'A', version: 1 },
    { id: 'B', version: 2 },
  ]);
  await storePage(db, first);
  const before = await contents(db);
  const again = await storePage(db, first);
  expect(again).toMatchObject({ ok: true, value: { rows: [], cursor: cursor(2) } });
  expect(await contents(db)).toEqual(before);
});

test('S8: whatever pages come again in whatever order, no version and no cursor is ever lowered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }), async (order) => {
      const db = open();
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
        const stored = await storePage(db, next);
        const { heads, state } = await contents(db);
        expect(stored.ok).toBe(index === 0 || index * 2 <= highestCursor);
        for (const { id, head } of heads) {
          expect(head.version).toBeGreaterThanOrEqual(highest.get(id) ?? 0);
          highest.set(id, head.version);
        }
        expect(state.cursor?.version ?? 0).toBeGreaterThanOrEqual(highestCursor);
        highestCursor = state.cursor?.version ?? 0;
      }
    }),
    { numRuns: 40 },
  );
});

test('S1: a page that starts after what is stored is refused, and nothing of it is kept', async () => {
  const db = open();
  await storePage(db, page(null, [{ id: 'A', version: 1 }]));
  const before = await contents(db);
  const stored = await storePage(db, page(5, [{ id: 'A', version: 6 }]));
  expect(stored).toMatchObject({ ok: false, error: { kind: 'gap' } });
  expect(await contents(db)).toEqual(before);
});

test('S7: a page of another epoch is refused until the replica was cleared', async () => {
  const db = open();
  await storePage(db, page(null, [{ id: 'A', version: 9 }]));
  const other = page(null, [{ id: 'A', version: 2 }], 'e2');
  expect(await storePage(db, other)).toMatchObject({ ok: false, error: { kind: 'other-epoch' } });
  await clearReplica(db);
  expect(await storePage(db, other)).toMatchObject({ ok: true });
  expect((await contents(db)).heads.map((row) => row.head.version)).toEqual([2]);
});

test('S1: a page whose entries cannot be stored leaves neither rows nor cursor', async () => {
  const db = open();
  await storePage(db, page(null, [{ id: 'A', version: 1 }]));
  const before = await contents(db);
  const broken = page(1, [{ id: 'B', version: 2 }]);
  // A function cannot be cloned into the database, as a full disk could not take it.
  const bad = { ...broken, entries: [{ ...broken.entries[0], id: () => 'x' }] as never };
  await expect(storePage(db, bad)).rejects.toThrow(/clone/);
  expect(await contents(db)).toEqual(before);
});

test('S4: at the same version the row that knows more of our commands is kept', async () => {
  const db = open();
  await storePage(db, page(null, [{ id: 'A', version: 1, decidedSeq: 5 }]));
  await storePage(db, page(null, [{ id: 'A', version: 1, decidedSeq: 2 }]));
  expect((await db.heads.get('A'))?.decidedSeq).toBe(5);
});

test('heads are read in chunks and whole; a timeline by version, then id', async () => {
  const db = open();
  const ids = ['A', 'B', 'C', 'D', 'E'];
  await storePage(
    db,
    page(
      null,
      ids.map((id, index) => ({ id, version: index + 1 })),
    ),
  );
  await storePage(db, page(5, [{ id: 'B', version: 6 }]));
  const chunks: string[][] = [];
  for await (const rows of readHeads(db, 2)) chunks.push(rows.map((row) => row.head.id));
  expect(chunks).toEqual([['A', 'B'], ['C', 'D'], ['E']]);
  expect((await readTimeline(db, 'B')).map((entry) => entry.version)).toEqual([2, 6]);
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
