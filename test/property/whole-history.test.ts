import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clocks } from '../../shared/policy/clocks.ts';
import { ticketHeadSchema } from '../../shared/tickets/head.ts';
import { anyStart, anyStep } from './any-step.ts';
import { startWorld, takeStep } from './desk-world.ts';
import type { World } from './desk-world.ts';
import { oracleClock, oracleIds } from './oracle/clocks.ts';

/** What the facts of the head say of each clock. */
function byFacts({ head, policy }: World) {
  return clocks(head, policy).map(({ id, state, severity, calendar, fromAt, dueAt, endedAt }) => ({
    id,
    state,
    fromAt,
    endedAt: state === 'ended' ? endedAt : null,
    ...(state === 'excused' ? {} : { severity, aroundTheClock: calendar === 'always', dueAt }),
  }));
}

/** What the whole history says. */
function byHistory({ history }: World) {
  return oracleIds.flatMap((name) => {
    const clock = oracleClock(history, name);
    if (clock === null) return [];
    const { id, state, severity, aroundTheClock, fromAt, dueAt, endedAt } = clock;
    return [
      {
        id,
        state,
        fromAt,
        endedAt,
        ...(state === 'excused' ? {} : { severity, aroundTheClock, dueAt }),
      },
    ];
  });
}

test('[C1] [C2] [C3] [C4] [C5] [C10] [C12] [C13] [C14] clocks from facts equal clocks from the whole history', () => {
  fc.assert(
    fc.property(
      anyStart,
      fc.array(anyStep, { minLength: 1, maxLength: 30, size: 'max' }),
      (start, steps) => {
        let world = startWorld(start);
        expect(byFacts(world)).toEqual(byHistory(world));
        for (const step of steps) {
          world = takeStep(world, step);
          expect(byFacts(world)).toEqual(byHistory(world));
        }
        ticketHeadSchema.parse(world.head);
      },
    ),
    { seed: 2_001, numRuns: 1_000 },
  );
});
