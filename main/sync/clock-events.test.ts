import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { clockEvents } from './clock-events.ts';
import { steadyClock } from './steady-clock.ts';

function machine() {
  let [wallMs, awakeMs, sleptMs] = [1_000_000_000_000, 0, 0];
  const steady = steadyClock(
    () => awakeMs,
    () => awakeMs + sleptMs,
  );
  const look = clockEvents({ nowMs: () => wallMs }, steady, 2_000);
  return {
    look,
    pass: (ms: number) => {
      wallMs += ms;
      awakeMs += ms;
    },
    sleep: (ms: number) => {
      wallMs += ms;
      sleptMs += ms;
    },
    set: (ms: number) => {
      wallMs += ms;
    },
  };
}

test('[A3] time that passes is nothing; a clock that is set is told once', () => {
  const { look, pass, set } = machine();
  pass(HOUR_MS);
  expect(look()).toEqual({ setMs: 0, sleptMs: 0 });
  for (const ms of [HOUR_MS, -HOUR_MS]) {
    set(ms);
    pass(MINUTE_MS);
    expect(look()).toEqual({ setMs: ms, sleptMs: 0 });
    expect(look()).toEqual({ setMs: 0, sleptMs: 0 });
  }
});

test('[A3] sleep is sleep, also where the clock is set in it', () => {
  const { look, set, sleep } = machine();
  sleep(HOUR_MS);
  expect(look()).toEqual({ setMs: 0, sleptMs: HOUR_MS });
  sleep(HOUR_MS);
  set(-MINUTE_MS);
  expect(look()).toEqual({ setMs: -MINUTE_MS, sleptMs: HOUR_MS });
});

test('[A3] a clock that is set in small steps is set all the same', () => {
  const { look, pass, set } = machine();
  const told = [1, 2, 3, 4].map(() => {
    set(900);
    pass(1_000);
    return look().setMs;
  });
  expect(told).toEqual([0, 0, 2_700, 0]);
});
