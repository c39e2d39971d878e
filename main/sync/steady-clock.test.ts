import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { steadyClock } from './steady-clock.ts';

/** A machine whose boot clock goes `bootRate` as fast as the monotonic one, in steps. */
function machine(bootRate = 1, bootStepMs = 10) {
  let awakeMs = 5_000;
  let bootMs = 90_000;
  const steady = steadyClock(
    () => awakeMs,
    () => Math.floor(bootMs / bootStepMs) * bootStepMs,
  );
  return {
    steady,
    pass: (ms: number, lookEveryMs = 1_000) => {
      for (let leftMs = ms; leftMs > 0; leftMs -= lookEveryMs) {
        const stepMs = Math.min(leftMs, lookEveryMs);
        awakeMs += stepMs;
        bootMs += stepMs * bootRate;
        steady();
      }
    },
    sleep: (ms: number) => {
      bootMs += ms;
    },
  };
}

test('[C9] awake it goes by the monotonic clock, to fractions of a millisecond', () => {
  for (const stepMs of [10, 1_000]) {
    const { steady, pass } = machine(1, stepMs);
    const before = steady();
    pass(HOUR_MS + 0.25, 777.7);
    const after = steady();
    expect(after.ms - before.ms).toBeCloseTo(HOUR_MS + 0.25, 3);
    expect(after).toMatchObject({ sleptMs: 0, doubtMs: before.doubtMs });
  }
});

test('[C9] sleep counts, as exactly as the boot clock tells it', () => {
  for (const stepMs of [10, 1_000]) {
    const { steady, pass, sleep } = machine(1, stepMs);
    const before = steady().ms;
    pass(MINUTE_MS);
    sleep(8 * HOUR_MS);
    pass(MINUTE_MS);
    const after = steady();
    const offMs = Math.abs(after.ms - before - 8 * HOUR_MS - 2 * MINUTE_MS);
    expect(offMs).toBeLessThanOrEqual(stepMs);
    expect(offMs).toBeLessThanOrEqual(after.doubtMs);
  }
});

test('[C9] naps too short to be told from coarseness add up', () => {
  const { steady, pass, sleep } = machine();
  const before = steady().ms;
  for (let n = 0; n < 30; n += 1) {
    sleep(900);
    pass(2_000);
  }
  expect(Math.abs(steady().ms - before - 30 * 2_900)).toBeLessThan(2_100);
});

test('[C9] a boot clock that is slow, as in some containers, takes nothing away and hides no sleep', () => {
  for (const rate of [0, 0.5, 0.99]) {
    const { steady, pass, sleep } = machine(rate);
    const before = steady().ms;
    pass(10 * HOUR_MS);
    expect(steady().ms - before).toBeCloseTo(10 * HOUR_MS, 3);
    sleep(MINUTE_MS);
    expect(Math.abs(steady().ms - before - 10 * HOUR_MS - MINUTE_MS)).toBeLessThan(1_100);
  }
});
