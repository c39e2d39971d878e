import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compact, nextCompaction } from '../../renderer/replica/compact.ts';
import type { Held } from '../../renderer/replica/held.ts';
import { isHeld } from '../../renderer/replica/held.ts';
import {
  emptyReplicaMemory,
  memoryReplicaStore,
} from '../../renderer/replica/memory-replica-store.ts';
import type { Parsed, ParsedPage } from '../../renderer/replica/parse-page.ts';
import { readTimeline } from '../../renderer/replica/read-timeline.ts';
import { storeFetched } from '../../renderer/replica/store-fetched.ts';
import { storePage } from '../../renderer/replica/store-page.ts';
import { nextWanted } from '../../renderer/replica/wanted.ts';
import type { FetchedEnvelope } from '../../shared/protocol/fetch-rows.ts';
import { openHeld, storedRows } from '../helpers/held-replica.ts';
import { manyIds } from '../helpers/replica-pages.ts';
import { replicaDesk } from './replica-desk.ts';
import type { ReplicaDesk } from './replica-desk.ts';

const DEATH = 'the worker ended';

/** Enough that chunks are made of them, too. */
const ids = manyIds(240);
const anyId = fc.nat(ids.length - 1).map((index) => ids[index] ?? '');
const someIds = fc.uniqueArray(anyId, { maxLength: 120, size: 'max' });

type Step =
  | { kind: 'change' | 'move'; ids: string[] }
  | { kind: 'rights'; ids: string[] }
  /** The desk's answer is taken now, and arrives with the next `arrive`. */
  | { kind: 'pull'; limit: number }
  | { kind: 'fetch'; fits: number }
  | { kind: 'arrive' }
  /** What was asked for later comes first. */
  | { kind: 'overtake' }
  /** Asked for and arrived at once. */
  | { kind: 'sync' | 'sync-rows' }
  /** As `arrive`, but the worker ends before the transaction is stored. */
  | { kind: 'crash' }
  | { kind: 'restart' }
  | { kind: 'compact' };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('change' as const), ids: someIds }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('move' as const), ids: someIds }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rights' as const), ids: someIds }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pull' as const),
      limit: fc.integer({ min: 1, max: 200 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('fetch' as const),
      fits: fc.integer({ min: 1, max: 240 }),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: 'arrive' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'overtake' as const }) },
  {
    weight: 8,
    arbitrary: fc.constantFrom('sync' as const, 'sync-rows' as const).map((kind) => ({ kind })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'crash' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'compact' as const }) },
);

type Answer = { page: ParsedPage } | { fetched: Parsed<FetchedEnvelope> };

/** A desk and a replica; a page and fetched rows may be on the way at once, though main sends one at a time. */
async function world() {
  const desk = replicaDesk();
  const memory = emptyReplicaMemory();
  let dies = false;
  const open = (): Promise<Held> =>
    openHeld(
      memoryReplicaStore(memory, () => {
        if (dies) throw new Error(DEATH);
      }),
    );
  let held = await open();
  const onTheWay: Answer[] = [];

  const store = async (answer: Answer): Promise<void> => {
    const stored =
      'page' in answer
        ? await storePage(held, answer.page, false)
        : await storeFetched(held, answer.fetched);
    expect(stored.ok).toBe(true);
  };
  const arrive = async (): Promise<void> => {
    const answer = onTheWay.shift();
    if (answer !== undefined) await store(answer);
  };

  const take = async (step: Step): Promise<void> => {
    switch (step.kind) {
      case 'change':
        for (const id of step.ids) desk.change(id);
        return;
      case 'move':
        for (const id of step.ids) desk.move(id);
        return;
      case 'rights':
        desk.rights(step.ids);
        return;
      case 'pull':
        if (!onTheWay.some((each) => 'page' in each))
          onTheWay.push({ page: desk.pull(held.state.cursor, step.limit) });
        return;
      case 'fetch': {
        const wanted = nextWanted(held.wanted);
        if (wanted.length > 0 && !onTheWay.some((each) => 'fetched' in each))
          onTheWay.push({ fetched: desk.fetch(wanted, step.fits) });
        return;
      }
      case 'arrive':
        return arrive();
      case 'overtake':
        onTheWay.reverse();
        return arrive();
      case 'sync':
        await take({ kind: 'pull', limit: 1_000 });
        return arrive();
      case 'sync-rows':
        await take({ kind: 'fetch', fits: 200 });
        return arrive();
      case 'crash': {
        dies = true;
        try {
          await arrive();
        } catch (thrown) {
          if (!(thrown instanceof Error) || thrown.message !== DEATH) throw thrown;
        }
        dies = false;
        held = await open();
        return;
      }
      case 'restart':
        onTheWay.length = 0;
        held = await open();
        return;
      case 'compact': {
        const next = nextCompaction(held);
        if (next !== null) await compact(held, next);
      }
    }
  };
  return { desk, take, held: () => held, open };
}

/** What is not wanted is as the desk has it, as far as the replica's cursor says anything of it. */
async function compare(desk: ReplicaDesk, held: Held): Promise<void> {
  const cursor = held.state.cursor?.version ?? 0;
  const visible = desk.visible();
  const settled = ids.filter((id) => desk.lastChangeOf(id) <= cursor && !held.wanted.of.has(id));
  const rows = new Map((await storedRows(held.store)).map(({ head }) => [head.id, head.version]));
  const cache = new Map();
  for (const id of settled) {
    const truth = visible.get(id);
    const { entries } = await readTimeline(held, cache, id);
    const stored = { version: rows.get(id), entries: entries.map((entry) => entry.version) };
    expect({ id, ...stored }).toEqual({ id, ...(truth ?? { version: undefined, entries: [] }) });
  }
  // What the worker knows is what lies on the disk.
  expect([...held.tickets.keys()].filter((id) => isHeld(held, id)).toSorted()).toEqual(
    [...rows.keys()].toSorted(),
  );
  expect(held.count).toBe(rows.size);
}

test('[S8] [S12] [S14] whatever comes, in whatever order, with crashes between: the replica is what the desk says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { minLength: 15, maxLength: 40, size: 'max' }),
      async (steps) => {
        const { desk, take, held, open } = await world();
        for (const id of ids.slice(0, 200)) desk.change(id);
        let cursor = 0;
        for (const step of steps) {
          await take(step);
          await compare(desk, held());
          const now = held().state.cursor?.version ?? 0;
          expect(now).toBeGreaterThanOrEqual(cursor);
          cursor = now;
        }
        // And when all has come, nothing is wanted and nothing differs, also for the next start.
        for (let turn = 0; turn < 60 && !isAtHead(desk, held()); turn += 1)
          for (const kind of ['sync', 'sync-rows'] as const) await take({ kind });
        expect(isAtHead(desk, held())).toBe(true);
        const again = await open();
        await compare(desk, again);
        expect(again.count).toBe(desk.visible().size);
      },
    ),
    { numRuns: 50 },
  );
});

function isAtHead(desk: ReplicaDesk, held: Held): boolean {
  return held.state.cursor?.version === desk.version() && held.wanted.of.size === 0;
}
