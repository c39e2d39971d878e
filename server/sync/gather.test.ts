import { expect, test } from 'vitest';
import { thisMachine } from '../surroundings.ts';
import { gather } from './gather.ts';

const { timers } = thisMachine(() => undefined);

test('[S2] what comes while a batch runs is done together in the next one, in order', async () => {
  const batches: number[][] = [];
  let letGo = (): void => undefined;
  const first = new Promise<void>((resolve) => (letGo = resolve));
  const add = gather<number, number>(
    async (items) => {
      batches.push([...items]);
      if (batches.length === 1) await first;
      return items.map((item) => item * 10);
    },
    { maxSize: 100, maxWaitMs: 5 },
    timers,
  );
  const one = add(1, 1);
  await expect.poll(() => batches.length).toBe(1);
  const rest = Promise.all([2, 3, 4].map((item) => add(item, 1)));
  letGo();
  expect([await one, ...(await rest)]).toEqual([10, 20, 30, 40]);
  expect(batches).toEqual([[1], [2, 3, 4]]);
});

test('[S2] a batch is never larger than its limit, unless one piece alone is', async () => {
  const batches: string[][] = [];
  const add = gather<string, string>(
    async (items) => {
      batches.push([...items]);
      return items;
    },
    { maxSize: 10, maxWaitMs: 5 },
    timers,
  );
  await Promise.all([add('a', 4), add('b', 6), add('c', 1), add('huge', 30), add('d', 10)]);
  expect(batches).toEqual([['a', 'b'], ['c'], ['huge'], ['d']]);
});

test('a batch that fails fails its own members, and the next one runs', async () => {
  let isFirst = true;
  const add = gather<number, number>(
    async (items) => {
      if (isFirst) {
        isFirst = false;
        throw new Error('no');
      }
      return items;
    },
    { maxSize: 1, maxWaitMs: 0 },
    timers,
  );
  const results = await Promise.allSettled([add(1, 1), add(2, 1)]);
  expect(results.map((each) => each.status)).toEqual(['rejected', 'fulfilled']);
});
