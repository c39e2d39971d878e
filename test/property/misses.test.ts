import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clocks } from '../../shared/policy/clocks.ts';
import { reckon } from '../../shared/policy/reckon.ts';
import { settled } from '../../shared/policy/settle.ts';
import type { Miss } from '../../shared/tickets/head.ts';
import { anyStart, anyStep, anyWait } from './any-step.ts';
import { nextAt, startWorld, takeStep } from './desk-world.ts';
import type { World } from './desk-world.ts';
import { oracleClock, oracleIds } from './oracle/clocks.ts';
import type { OracleClock } from './oracle/clocks.ts';
import { lateCounted } from './oracle/dues.ts';
import { policyAt } from './oracle/history.ts';
import type { Happened, History } from './oracle/history.ts';

const anyHistory = fc.array(anyStep, { minLength: 1, maxLength: 25, size: 'max' });

/** A miss as C11 has it, kept by a record of its own. */
type MissRecord = {
  clock: string;
  version: number;
  dueAt: number;
  aroundTheClock: boolean;
  endedAt: number | null;
  late: { wallMs: number; countedMs: number } | null;
};

function clocksOf(history: History): OracleClock[] {
  return oracleIds.flatMap((id) => oracleClock(history, id) ?? []);
}

/** "Each running clock whose due is past gets one miss record per run of the clock." */
function withMissed(records: readonly MissRecord[], history: History, at: number): MissRecord[] {
  const missed = clocksOf(history).filter(
    ({ id, version, state, dueAt }) =>
      state === 'running' &&
      dueAt !== null &&
      dueAt < at &&
      !records.some((each) => each.clock === id && each.version === version),
  );
  return [
    ...records,
    ...missed.map(({ id, version, dueAt, aroundTheClock }) => ({
      clock: id,
      version,
      dueAt: dueAt ?? 0,
      aroundTheClock,
      endedAt: null,
      late: null,
    })),
  ];
}

/** "Its lateness added when it ends, in counted and in wall time"; a run that goes on again has not ended. */
function withEnds(records: readonly MissRecord[], history: History, at: number): MissRecord[] {
  // A C2 that a policy switches off is still met by the first reply, and only by that.
  const clocks = clocksOf(history.map(withFirstContact));
  const { document } = policyAt(history);
  return records.map((record) => {
    const { clock, version, dueAt, aroundTheClock } = record;
    const goesOn = clocks.some(
      (each) =>
        each.id === clock &&
        each.version === version &&
        (each.state === 'running' || each.state === 'paused' || each.state === 'suspended'),
    );
    if (goesOn) return { ...record, endedAt: null, late: null };
    if (record.endedAt !== null) return record;
    const countedMs = lateCounted(document, aroundTheClock, dueAt, at);
    return { ...record, endedAt: at, late: { wallMs: at - dueAt, countedMs } };
  });
}

function withFirstContact(happened: Happened): Happened {
  if (happened.kind !== 'policy') return happened;
  const { document } = happened;
  const firstContactHours = document.firstContactHours ?? 24;
  return { ...happened, document: { ...document, firstContactHours } };
}

function onRecord({ clock, run, dueAt, calendar, endedAt, late }: Miss): MissRecord {
  const aroundTheClock = calendar === 'always';
  return { clock, version: run.version, dueAt, aroundTheClock, endedAt, late };
}

function byRun(records: readonly MissRecord[]): MissRecord[] {
  return records.toSorted((a, b) =>
    a.clock === b.clock ? a.version - b.version : a.clock < b.clock ? -1 : 1,
  );
}

/** Off the head, with what the next settling will add of lateness. */
function recorded({ head, policy, at }: World): MissRecord[] {
  return settled(head, policy, at).misses.map(onRecord);
}

test('[C11] each due that ran and passed is recorded once for its run, with how late it was in the end', () => {
  fc.assert(
    fc.property(anyStart, anyHistory, (start, steps) => {
      let world = startWorld(start);
      let records = withMissed([], world.history, world.at);
      for (const step of steps) {
        const next = takeStep(world, step);
        // By the desk's order the misses come first, then what the step does.
        records = withMissed(records, world.history, next.at);
        records = withEnds(records, next.history, next.at);
        world = next;
        const wanted = withMissed(records, world.history, world.at);
        // Which of two is recorded first depends on which settling found them.
        expect(byRun(recorded(world))).toEqual(byRun(withEnds(wanted, world.history, world.at)));
      }
    }),
    { seed: 3_001, numRuns: 500 },
  );
});

/** All of it but its end, which comes, and goes where the run goes on again. */
function withoutEnd(miss: Miss) {
  return { ...miss, endedAt: null, late: null };
}

test('[C11] a recorded miss never disappears or changes, and a run has one', () => {
  fc.assert(
    fc.property(anyStart, anyHistory, (start, steps) => {
      let world = startWorld(start);
      for (const step of steps) {
        const before = world.head.misses;
        world = takeStep(world, step);
        const { misses } = world.head;
        expect(misses.slice(0, before.length).map(withoutEnd)).toEqual(before.map(withoutEnd));
        const runs = misses.map(({ clock, run }) => `${clock} ${run.fromAt} ${run.version}`);
        expect(new Set(runs).size).toBe(runs.length);
      }
    }),
    { seed: 3_002, numRuns: 800 },
  );
});

test('[C11] time passing and settling alone move no due and begin no run', () => {
  fc.assert(
    fc.property(
      anyStart,
      anyHistory,
      fc.array(anyWait, { minLength: 1, maxLength: 6 }),
      (start, steps, waits) => {
        let world = steps.reduce(takeStep, startWorld(start));
        const before = clocksOfHead(world);
        for (const wait of waits) {
          world = takeStep(world, { kind: 'tick', wait });
          expect(clocksOfHead(world)).toEqual(before);
          const { head, policy } = world;
          // Settled once is settled.
          expect(settled(head, policy, world.at)).toBe(head);
          expect(settled(head, policy, nextAt(world, wait)).misses.length).toBeGreaterThanOrEqual(
            head.misses.length,
          );
        }
      },
    ),
    { seed: 3_003, numRuns: 500 },
  );
});

function clocksOfHead({ head, policy }: World) {
  return clocks(head, policy).map(({ id, state, fromAt, dueAt, endedAt }) => {
    return { id, state, fromAt, dueAt, endedAt };
  });
}

test('[C11] within a run its origin never changes', () => {
  fc.assert(
    fc.property(anyStart, anyHistory, (start, steps) => {
      let world = startWorld(start);
      const origins = new Map<string, number>();
      for (const step of steps) {
        world = takeStep(world, step);
        for (const id of ['C1', 'C2', 'C3', 'C4'] as const) {
          const reckoned = reckon(world.head, world.policy, id);
          if (reckoned === null) continue;
          const run = `${id} ${reckoned.run.version}`;
          expect(origins.get(run) ?? reckoned.fromAt).toBe(reckoned.fromAt);
          origins.set(run, reckoned.fromAt);
        }
      }
    }),
    { seed: 3_004, numRuns: 500 },
  );
});
