import { expect, test } from 'vitest';
import { createDeskClock } from './desk-clock.ts';

const HOUR_MS = 3_600_000;

function page() {
  let [wallMs, ageMs] = [1_000_000_000_000, 0];
  const clock = createDeskClock(
    () => wallMs,
    () => ageMs,
  );
  return {
    clock,
    pass: (ms: number) => {
      wallMs += ms;
      ageMs += ms;
    },
    set: (ms: number) => {
      wallMs += ms;
    },
  };
}

test('[C9] desk time moved where it is another than time alone has made it', () => {
  const { clock, pass } = page();
  expect(clock.setOffset(5_000)).toBe(true);
  pass(HOUR_MS);
  expect(clock.setOffset(5_400)).toBe(false);
  expect(clock.setOffset(null)).toBe(false);
  expect(clock.now()).toBe(1_000_000_000_000 + HOUR_MS + 5_400);
  expect(clock.setOffset(6_200)).toBe(true);
});

test('[C9] a machine that was set, and the offset that makes up for it: desk time stays', () => {
  const { clock, pass, set } = page();
  clock.setOffset(5_000);
  pass(1_000);
  const before = clock.now();
  set(HOUR_MS);
  expect(clock.setOffset(5_000 - HOUR_MS)).toBe(false);
  expect(clock.now()).toBe(before);
});

test('[C9] with a clock that is not confirmed desk time moves with the machine, and that is noticed', () => {
  const { clock, set } = page();
  clock.setOffset(5_000);
  set(-HOUR_MS);
  expect(clock.setOffset(5_000)).toBe(true);
});
