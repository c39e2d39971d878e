import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockOf, clocks } from '../../shared/policy/clocks.ts';
import { clockIds } from '../../shared/policy/clock-id.ts';
import { anySeverity, anyStart, anyStep, anyWait } from './any-step.ts';
import { documentCount, startWorld, takeStep } from './desk-world.ts';
import type { World } from './desk-world.ts';

const anyHistory = fc.array(anyStep, { maxLength: 15, size: 'max' });
const anyDocument = fc.nat({ max: documentCount - 1 });

function dueOf({ head, policy }: World, id: (typeof clockIds)[number]): number | null {
  return clockOf(head, policy, id)?.dueAt ?? null;
}

test('[C14] a policy change puts no due before itself, unless it was past already: then it stays', () => {
  fc.assert(
    fc.property(anyStart, anyHistory, anyWait, anyDocument, (start, steps, wait, document) => {
      const first = steps.reduce(takeStep, startWorld(start));
      const before = takeStep(first, { kind: 'tick', wait });
      const stay = { kind: 'for', ms: 0 } as const;
      const after = takeStep(before, { kind: 'policy', wait: stay, document });
      for (const { id, state, dueAt } of clocks(after.head, after.policy)) {
        const isOpen = state === 'running' || state === 'suspended' || state === 'stopped';
        if (!isOpen || dueAt === null || dueAt >= after.at) continue;
        expect({ id, dueAt }).toEqual({ id, dueAt: dueOf(before, id) });
      }
      // What it moved is told, and nothing else: the log names these (C14).
      const isRunning = (world: World, id: (typeof clockIds)[number]) =>
        clockOf(world.head, world.policy, id)?.state === 'running';
      const moved = clockIds
        .filter((id) => isRunning(after, id) || isRunning(before, id))
        .map((clock) => ({ clock, fromAt: dueOf(before, clock), toAt: dueOf(after, clock) }))
        .filter(({ fromAt, toAt }) => fromAt !== toAt);
      expect(after.moves.map(({ clock, fromAt, toAt }) => ({ clock, fromAt, toAt }))).toEqual(
        moved,
      );
    }),
    { seed: 6_001, numRuns: 2_500 },
  );
});

test('[C14] only the steps of the rules in force count, and those of the next version replace them', () => {
  fc.assert(
    fc.property(
      anyStart,
      anyHistory,
      fc.array(fc.record({ wait: anyWait, document: anyDocument }), {
        minLength: 1,
        maxLength: 4,
      }),
      (start, steps, changes) => {
        let world = steps.reduce(takeStep, startWorld(start));
        for (const { wait, document } of changes) {
          world = takeStep(world, { kind: 'policy', wait, document });
          const { head, policy } = world;
          const others = head.policySteps.filter((step) => step.rules !== policy.rules);
          const own = head.policySteps.filter((step) => step.rules === policy.rules);
          expect(clocks({ ...head, policySteps: own }, policy)).toEqual(clocks(head, policy));
          expect(clocks({ ...head, policySteps: others }, policy)).toEqual(
            clocks({ ...head, policySteps: [] }, policy),
          );
          expect(new Set(own.map((step) => step.clock)).size).toBe(own.length);
        }
      },
    ),
    { seed: 6_002, numRuns: 1_000 },
  );
});

test('[C10] [C14] later changes of severity go on from the due that the policy change left', () => {
  fc.assert(
    fc.property(
      anyStart,
      fc.array(fc.record({ wait: anyWait, document: anyDocument }), { minLength: 1, maxLength: 3 }),
      fc.array(fc.record({ wait: anyWait, severity: anySeverity }), { minLength: 1, maxLength: 4 }),
      (start, changes, given) => {
        let world = startWorld(start);
        for (const { wait, document } of changes)
          world = takeStep(world, { kind: 'policy', wait, document });
        for (const { wait, severity } of given) {
          const before = dueOf(world, 'C1') ?? 0;
          const was = world.head.severity.value;
          const action = { kind: 'set-severity', severity, reason: 'as seen' } as const;
          world = takeStep(world, { kind: 'act', wait, action });
          const dueAt = dueOf(world, 'C1') ?? 0;
          expect(severity !== was || dueAt === before).toBe(true);
          // A due that is past comes no nearer, also one that the policy change set.
          const mayComeNearer =
            before >= world.at || world.policy.document.onSeverityChange === 'from-origin';
          expect(mayComeNearer || dueAt >= before).toBe(true);
        }
      },
    ),
    { seed: 6_003, numRuns: 1_500 },
  );
});
