import type { Plan } from './plan.ts';
import { planOf } from './plan.ts';
import { runPlan } from './run.ts';
import type { Counts } from './run.ts';

export type Failed = { plan: Plan; faults: readonly string[] };

/** Runs so many seeds, the first of them by its number; gives those that failed, or the first of them alone. */
export async function runSeeds(
  first: number,
  count: number,
  { stopAtFirst, done }: { stopAtFirst: boolean; done: (counts: Counts) => void },
): Promise<Failed[]> {
  const failed: Failed[] = [];
  for (let seed = first; seed < first + count; seed += 1) {
    const plan = planOf(`${seed}`);
    const { faults, counts } = await runPlan(plan);
    done(counts);
    if (faults.length === 0) continue;
    failed.push({ plan, faults });
    if (stopAtFirst) break;
  }
  return failed;
}
