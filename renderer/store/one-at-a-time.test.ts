import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

test('a second call in the same tick does nothing; after the first is done the next one counts', async () => {
  const gate = oneAtATime();
  let done = 0;
  const work = async () => {
    await Promise.resolve();
    done += 1;
  };
  await Promise.all([gate(work), gate(work)]);
  expect(done).toBe(1);
  await gate(work);
  expect(done).toBe(2);
});

test('the gate opens again after a failure', async () => {
  const gate = oneAtATime();
  await expect(gate(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  let done = false;
  await gate(() => {
    done = true;
    return Promise.resolve();
  });
  expect(done).toBe(true);
});
