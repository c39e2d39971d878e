import { expect, test } from 'vitest';
import { signInLimit } from './sign-in-limit.ts';

test('[X5] an address is over after twenty failures, for a minute', () => {
  let now = 0;
  const limit = signInLimit(() => now);
  for (let n = 0; n < 20; n += 1) {
    expect(limit.isOver('a')).toBe(false);
    limit.failed('a');
  }
  expect(limit.isOver('a')).toBe(true);
  expect(limit.isOver('b')).toBe(false);
  now = 60_001;
  expect(limit.isOver('a')).toBe(false);
});
