import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/base/time.ts';
import { clockOf } from '../../shared/policy/clocks.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import { anySeverity, anyStart } from './any-step.ts';
import { startWorld, takeStep } from './desk-world.ts';
import type { Step, World } from './desk-world.ts';
import { targetDue } from './oracle/dues.ts';
import { classAt } from './oracle/history.ts';

/** Desk policies that are fair, and the one that goes from the origin. */
const fair = [0, 1, 2, 4, 5];
const fromOrigin = 3;

/** A change of severity after so long, or a message that asks for one. */
type Move = { afterMs: number; severity: Severity; by: 'agent' | 'customer' };
const anyMoves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({
    afterMs: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 1, max: 4 * HOUR_MS }),
      fc.integer({ min: 1, max: 2 * DAY_MS }),
    ),
    severity: anySeverity,
    by: fc.constantFrom('agent', 'agent', 'agent', 'customer'),
  }),
  { minLength: 1, maxLength: 7 },
);

/** C1 of a new ticket, or C3 of one that was given a severity and answered before. */
const anyRun = fc.oneof(
  fc.constant(null),
  fc.record({ given: anySeverity, afterMs: fc.integer({ min: 0, max: 5 * HOUR_MS }) }),
);
type RunStart = { given: Severity; afterMs: number } | null;

function begin(world: World, run: RunStart): World {
  if (run === null) return world;
  const steps: Step[] = [
    setSeverity(0, run.given),
    { kind: 'act', wait: { kind: 'for', ms: 0 }, action: { kind: 'reply', text: 'Seen.' } },
    { kind: 'message', wait: { kind: 'for', ms: run.afterMs }, lagMs: 0, asked: null },
  ];
  return steps.reduce(takeStep, world);
}

function setSeverity(ms: number, severity: Severity): Step {
  const action = { kind: 'set-severity', severity, reason: 'as seen' } as const;
  return { kind: 'act', wait: { kind: 'for', ms }, action };
}

function stepOf({ afterMs, severity, by }: Move): Step {
  return by === 'agent'
    ? setSeverity(afterMs, severity)
    : { kind: 'message', wait: { kind: 'for', ms: afterMs }, lagMs: 0, asked: severity };
}

/** The same moves, but of the changes of severity only the one at `place`, or none. */
function honestCourse(world: World, moves: readonly Move[], place: number | null): World {
  let waitedMs = 0;
  return moves.reduce((state, move, index) => {
    waitedMs += move.afterMs;
    if (move.by === 'agent' && index !== place) return state;
    const next = takeStep(state, stepOf({ ...move, afterMs: waitedMs }));
    waitedMs = 0;
    return next;
  }, world);
}

function dueOf({ head, policy }: World, run: RunStart) {
  const clock = clockOf(head, policy, run === null ? 'C1' : 'C3');
  if (clock?.dueAt === null || clock === null) throw new Error('the clock runs');
  return { dueAt: clock.dueAt, missedDueAt: clock.missedDueAt };
}

test('[C10] no sequence of severity changes gains time over an honest one', () => {
  fc.assert(
    fc.property(
      anyStart,
      fc.constantFrom(...fair),
      anyRun,
      anyMoves,
      (start, document, run, moves) => {
        const begun = { ...start, lagMs: 0, document };
        const first = begin(startWorld(begun), run);
        const last = moves.map(stepOf).reduce(takeStep, first);
        const final = classAt(last.history).severity;
        const honest = [
          ...(final === classAt(first.history).severity ? [honestCourse(first, moves, null)] : []),
          ...moves.flatMap(({ by, severity }, index) =>
            by === 'agent' && severity === final ? [honestCourse(first, moves, index)] : [],
          ),
        ].map((course) => dueOf(course, run).dueAt);
        const best = Math.max(...honest);
        const { dueAt, missedDueAt } = dueOf(last, run);
        const gained =
          dueAt > best && dueAt > last.at && (missedDueAt === null || missedDueAt > best);
        expect({ gained, dueAt, best, missedDueAt }).toMatchObject({ gained: false });
      },
    ),
    { seed: 4_001, numRuns: 6_000 },
  );
});

test('[C10] a raise never moves a due out, and a lowering never in', () => {
  const rank: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
  fc.assert(
    fc.property(
      anyStart,
      fc.constantFrom(...fair),
      anyRun,
      anyMoves,
      (start, document, run, moves) => {
        let world = begin(startWorld({ ...start, lagMs: 0, document }), run);
        for (const move of moves) {
          const before = dueOf(world, run).dueAt;
          const was = classAt(world.history).severity;
          world = takeStep(world, stepOf(move));
          const { dueAt } = dueOf(world, run);
          const lowered = rank.indexOf(classAt(world.history).severity) - rank.indexOf(was);
          const outOrIn = Math.sign(dueAt - before);
          expect([0, Math.sign(lowered)]).toContain(outOrIn);
          // A due that lies in the past did so before.
          expect(dueAt >= world.at || before < world.at).toBe(true);
        }
      },
    ),
    { seed: 4_002, numRuns: 2_000 },
  );
});

test('[C10] from-origin is the target of the last severity from the origin, whatever came before', () => {
  fc.assert(
    fc.property(anyStart, anyRun, anyMoves, (start, run, moves) => {
      const first = begin(startWorld({ ...start, lagMs: 0, document: fromOrigin }), run);
      const last = moves.map(stepOf).reduce(takeStep, first);
      const originAt = run === null ? last.head.submittedAt : last.head.unanswered?.at;
      expect(dueOf(last, run).dueAt).toBe(
        targetDue(last.policy.document, classAt(last.history), originAt ?? 0),
      );
    }),
    { seed: 4_003, numRuns: 1_000 },
  );
});
