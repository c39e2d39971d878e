import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/base/time.ts';
import { deskClock } from './desk-clock.ts';
import { steadyClock } from './steady-clock.ts';

/** A desk and a machine in one simulated world. Everything in ms; `true` desk time is a fraction, as it is. */
function world({ bootRate = 1, bootStepMs = 10, driftPpm = 0 } = {}) {
  let trueMs = 1_700_000_000_000.4;
  let awakeMs = 123.75;
  let bootMs = 70_000;
  let wallMs = trueMs - 4_200;
  const pass = (ms: number, awake = true): void => {
    trueMs += ms * (1 + driftPpm / 1e6);
    wallMs += ms;
    bootMs += awake ? ms * bootRate : ms;
    if (awake) awakeMs += ms;
  };
  const newRun = () => {
    const steady = steadyClock(
      () => awakeMs,
      () => Math.floor(bootMs / bootStepMs) * bootStepMs,
    );
    return { steady, clock: deskClock({ nowMs: () => Math.floor(wallMs) }, steady) };
  };
  let run = newRun();
  return {
    clock: () => run.clock,
    pass: (ms: number) => {
      for (let leftMs = ms; leftMs > 0; leftMs -= 1_000) {
        pass(Math.min(leftMs, 1_000));
        run.steady();
      }
    },
    sleep: (ms: number) => {
      pass(ms, false);
      run.steady();
    },
    setWall: (ms: number) => {
      wallMs += ms;
    },
    setDesk: (ms: number) => {
      trueMs += ms;
    },
    ask: (thereMs: number, backMs: number) => {
      const askedMs = run.steady().ms;
      pass(thereMs);
      const deskNowMs = Math.floor(trueMs);
      pass(backMs);
      return run.clock.measure(deskNowMs, askedMs);
    },
    restart: () => {
      const facts = run.clock.facts();
      run = newRun();
      run.clock.restore(facts);
    },
    errorMs: () => Math.abs(run.clock.nowMs() - trueMs),
  };
}

/** `nowMs` and the desk tell whole milliseconds. */
const ROUNDING_MS = 1.5;
const DRIFT = 100e-6;

test('[C9] a lopsided round trip is out by no more than half of it, and a quick one makes it good', () => {
  for (const [there, back] of [
    [400, 0],
    [0, 400],
  ] as const) {
    const { ask, errorMs } = world();
    expect(ask(there, back).errorMs).toBeCloseTo(200.5);
    expect(errorMs()).toBeLessThanOrEqual(200 + ROUNDING_MS);
    ask(3, 1);
    expect(errorMs()).toBeLessThanOrEqual(2 + ROUNDING_MS);
  }
});

test('[C9] lopsided to both sides, two round trips know more than either', () => {
  const { ask, errorMs } = world();
  ask(400, 2);
  ask(2, 400);
  expect(errorMs()).toBeLessThanOrEqual(2 + ROUNDING_MS);
});

test('[C9] slow answers among quick ones change nothing', () => {
  const { ask, errorMs, pass } = world();
  ask(5, 5);
  for (let n = 0; n < 20; n += 1) {
    pass(10 * SECOND_MS);
    ask(n % 2 === 0 ? 20_000 : 30, n % 2 === 0 ? 30 : 9_000);
    expect(errorMs()).toBeLessThanOrEqual(5 + 500 * SECOND_MS * DRIFT + ROUNDING_MS);
  }
});

test('[C9] setting the machine an hour on or back does not move desk time, with a desk or without', () => {
  for (const ms of [HOUR_MS, -HOUR_MS]) {
    const { ask, clock, errorMs, pass, setWall } = world();
    ask(10, 10);
    setWall(ms);
    expect(errorMs()).toBeLessThanOrEqual(10 + ROUNDING_MS);
    expect(clock().facts().offsetMs).toBeCloseTo(4_200 - ms, -2);
    pass(HOUR_MS);
    expect(errorMs()).toBeLessThanOrEqual(10 + HOUR_MS * DRIFT + ROUNDING_MS);
    ask(10, 10);
    setWall(-ms);
    expect(errorMs()).toBeLessThanOrEqual(10 + ROUNDING_MS);
  }
});

test('[C9] desk time goes on in sleep', () => {
  for (const bootStepMs of [10, 1_000]) {
    const { ask, errorMs, pass, sleep } = world({ bootStepMs });
    ask(10, 10);
    pass(MINUTE_MS);
    sleep(8 * HOUR_MS);
    pass(MINUTE_MS);
    expect(errorMs()).toBeLessThanOrEqual(10 + bootStepMs + 9 * HOUR_MS * DRIFT);
    ask(10, 10);
    expect(errorMs()).toBeLessThanOrEqual(10 + ROUNDING_MS);
  }
});

test('[C9] a boot clock that goes slower than time does no harm', () => {
  const { ask, errorMs, pass } = world({ bootRate: 0.7 });
  ask(10, 10);
  pass(HOUR_MS);
  expect(errorMs()).toBeLessThanOrEqual(10 + ROUNDING_MS);
});

test('[C9] a desk whose clock was set is followed at the next answer', () => {
  for (const ms of [HOUR_MS, -HOUR_MS, 500, -500]) {
    const { ask, errorMs, pass, setDesk } = world();
    for (let n = 0; n < 8; n += 1) ask(2, 2);
    pass(MINUTE_MS);
    setDesk(ms);
    const { movedMs } = ask(30, 30);
    expect(Math.abs(movedMs - ms)).toBeLessThan(40);
    expect(errorMs()).toBeLessThanOrEqual(30 + ROUNDING_MS);
  }
});

test('[C9] after a restart without a desk: the last offset, and since when it has not been confirmed', () => {
  const { ask, clock, errorMs, pass, restart, setWall } = world();
  expect(clock().facts()).toEqual({ offsetMs: null, confirmedAt: null });
  ask(10, 10);
  const confirmedAt = clock().nowMs();
  pass(MINUTE_MS);
  setWall(30_000);
  restart();
  expect(clock().isConfirmed()).toBe(false);
  expect(clock().facts().confirmedAt).toBe(confirmedAt);
  pass(HOUR_MS);
  expect(errorMs()).toBeLessThanOrEqual(11 + ROUNDING_MS);
  // Nothing is known but the machine's own clock.
  setWall(HOUR_MS);
  expect(errorMs()).toBeGreaterThan(HOUR_MS - SECOND_MS);
  ask(10, 10);
  expect(clock().isConfirmed()).toBe(true);
  expect(errorMs()).toBeLessThanOrEqual(10 + ROUNDING_MS);
});

test('[C9] what was measured is not undone by what an earlier run had, or had not', () => {
  const { ask, clock } = world();
  ask(10, 10);
  const facts = clock().facts();
  clock().restore({ offsetMs: null, confirmedAt: null });
  clock().restore({ offsetMs: 50, confirmedAt: 7 });
  expect(clock().facts()).toEqual(facts);
});

test('[C9] never out by more than half the shortest round trip and drift, whatever the machine is set to', () => {
  const delayMs = fc.double({ min: 0, max: 5_000, noNaN: true });
  const step = fc.oneof(
    fc.record({ kind: fc.constant('ask' as const), thereMs: delayMs, backMs: delayMs }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 200_000 }) }),
    fc.record({
      kind: fc.constant('set' as const),
      ms: fc.integer({ min: -10 * HOUR_MS, max: 10 * HOUR_MS }),
    }),
  );
  const driftPpm = fc.double({ min: -99, max: 99, noNaN: true });
  fc.assert(
    fc.property(driftPpm, fc.array(step, { maxLength: 25 }), (ppm, steps) => {
      const { ask, clock, errorMs, pass, setWall } = world({ driftPpm: ppm });
      // How wrong it may be by each round trip: half of it, and more as time passes.
      let bounds: number[] = [];
      const age = (ms: number) => {
        bounds = bounds.map((each) => each + ms * DRIFT);
      };
      for (const each of steps) {
        const before = clock().nowMs();
        let movedMs = 0;
        switch (each.kind) {
          case 'ask': {
            const roundTripMs = each.thereMs + each.backMs;
            age(roundTripMs);
            ask(each.thereMs, each.backMs);
            // The desk's clock drifts within the round trip, too.
            bounds.push(roundTripMs / 2 + roundTripMs * DRIFT);
            break;
          }
          case 'pass':
            age(each.ms);
            pass(each.ms);
            break;
          case 'set':
            setWall(each.ms);
            if (clock().isConfirmed()) movedMs = clock().nowMs() - before;
            break;
        }
        expect(movedMs).toBe(0);
        // Before the first answer nothing is promised.
        const most = clock().isConfirmed() ? errorMs() : 0;
        expect(most).toBeLessThanOrEqual(Math.min(...bounds) + ROUNDING_MS + 0.01);
      }
    }),
  );
});

test('[S13] what it restores from a larger record, it does not give back as its own', () => {
  const steady = steadyClock(
    () => 0,
    () => 0,
  );
  const clock = deskClock({ nowMs: () => 5_000 }, steady);
  // As open-profile.ts does with the watch table's record, whose cursor must not come back with the facts.
  const record = { offsetMs: 100, confirmedAt: 4_000, cursor: null };
  clock.restore(record);
  expect(Object.keys(clock.facts()).toSorted()).toEqual(['confirmedAt', 'offsetMs']);
  clock.measure(5_100, 0);
  expect(Object.keys(clock.facts()).toSorted()).toEqual(['confirmedAt', 'offsetMs']);
});
