import { expect, test } from 'vitest';
import { deskClock } from './desk-clock.ts';

test('[C9] what was measured is not undone by what an earlier run had, or had not', () => {
  const clock = deskClock({ nowMs: () => 1_000 });
  clock.restore(50);
  expect(clock.nowMs()).toBe(1_050);
  clock.measure(1_300, 20);
  clock.restore(null);
  clock.restore(50);
  expect(clock.offsetMs()).toBe(310);
  expect(clock.measurements()).toBe(1);
});
