import { expect, test } from 'vitest';
import { planOf } from './plan.ts';
import { runPlan } from './run.ts';

test('a seed gives the same trace twice', async () => {
  for (let seed = 1; seed <= 25; seed += 1) {
    const plan = planOf(`${seed}`);
    const first = await runPlan(plan, true);
    const second = await runPlan(plan, true);
    expect(second.lines).toEqual(first.lines);
    expect(second.hash).toBe(first.hash);
  }
});

test('two seeds give two traces', async () => {
  const hashes = new Set<string>();
  for (let seed = 1; seed <= 10; seed += 1) hashes.add((await runPlan(planOf(`${seed}`))).hash);
  expect(hashes.size).toBe(10);
});

test('every kind of happening is in the plans, and every outcome comes about', async () => {
  const kinds = new Set<string>();
  const outcomes = new Set<string>();
  for (let seed = 1; seed <= 60; seed += 1) {
    const plan = planOf(`${seed}`);
    for (const { kind } of plan.events) kinds.add(kind);
    const { counts } = await runPlan(plan);
    for (const kind of Object.keys(counts.outcomes)) outcomes.add(kind);
  }
  expect(kinds.size).toBeGreaterThanOrEqual(18);
  expect([...outcomes].toSorted()).toEqual(['applied', 'held', 'merged', 'refused', 'superseded']);
});
