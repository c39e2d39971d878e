import { Stop, runScript } from './message.ts';
import { requireSystem, thisSystem } from './system.ts';
import { steps } from './test-steps.ts';
import type { Step, Tally } from './test-steps.ts';

const USAGE = `npm test runs all steps; one or more by name: ${steps.map(({ name }) => name).join(', ')}`;

/**
 * `npm test [-- STEP[,STEP] [FILE ...]]`. Every step runs whatever came of those before; the last
 * line is the sum.
 */
async function main(): Promise<number> {
  const [names, ...args] = process.argv.slice(2);
  const chosen = names === undefined ? steps : names.split(',').map(stepNamed);
  if (chosen.some(({ name }) => name === 'e2e' || name === 'chaos')) {
    requireSystem('test', thisSystem(), (line) => {
      console.log(line);
    });
  }
  const lines: string[] = [];
  const sum = { passed: 0, failed: 0 };
  for (const step of chosen) {
    console.log(`\n=== ${step.name}`);
    const startedAt = performance.now();
    const { passed, failed } = await tally(step, args);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    sum.passed += passed;
    sum.failed += failed;
    lines.push(
      `${failed === 0 ? 'ok  ' : 'FAIL'} ${step.name.padEnd(11)} ${seconds.padStart(6)} s   ${passed} passed, ${failed} failed`,
    );
  }
  console.log(`\n${lines.join('\n')}\n\n${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed === 0 ? 0 : 1;
}

function stepNamed(name: string): Step {
  const step = steps.find((each) => each.name === name);
  if (step === undefined) throw new Stop(`There is no step "${name}". ${USAGE}`);
  return step;
}

/** A step that cannot even run has failed, and the steps after it still run. */
async function tally(step: Step, args: readonly string[]): Promise<Tally> {
  try {
    return await step.run(args);
  } catch (thrown) {
    console.error(thrown instanceof Stop ? thrown.message : thrown);
    return { passed: 0, failed: 1 };
  }
}

await runScript(main);
