import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atMostEvery } from './coalesce.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('at once, then at most once in the time, and the last call is not forgotten', () => {
  let done = 0;
  const call = atMostEvery(1_000, () => {
    done += 1;
  });
  for (let n = 0; n < 5; n += 1) call();
  expect(done).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(done).toBe(2);
  vi.advanceTimersByTime(5_000);
  expect(done).toBe(2);
  call();
  expect(done).toBe(3);
});
