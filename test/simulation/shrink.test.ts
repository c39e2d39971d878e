import { expect, test } from 'vitest';
import { planOf } from './plan.ts';
import { shrink } from './shrink.ts';

test('a plan that breaks nothing is given back whole', async () => {
  const plan = planOf('1');
  const shrunk = await shrink(plan, 'O1', 3);
  expect(shrunk).toEqual({ plan, runs: 3 });
});
