import type { Plan } from './plan.ts';
import { planLines, runPlan } from './run.ts';
import { ruleOf, shrink } from './shrink.ts';

const MOST_RUNS = 400;
const MOST_LINES = 250;

/** Words on a seed that failed: what broke, how to see it again, and the shortest way there that was found. */
export async function reportOn(plan: Plan, faults: readonly string[]): Promise<string> {
  const rule = ruleOf(faults[0] ?? '');
  const { plan: least, runs } = await shrink(plan, rule, MOST_RUNS);
  const again = await runPlan(least, true);
  return [
    `seed ${plan.seed}: ${faults.length} violations`,
    ...faults.slice(0, 5).map((fault) => `  ${fault}`),
    `again: npm run sim -- --seed ${plan.seed}`,
    '',
    `least that was found in ${runs} runs (of ${plan.events.length} events ${least.events.length}):`,
    ...planLines(least).map((line) => `  ${line}`),
    ...again.faults.slice(0, 5).map((fault) => `  => ${fault}`),
    '',
    'what happens then:',
    ...again.lines.slice(-MOST_LINES).map((line) => `  ${line}`),
  ].join('\n');
}
