import { parseArgs } from 'node:util';
import { planOf } from './plan.ts';
import { reportOn } from './report.ts';
import { planLines, runPlan } from './run.ts';
import { runSeeds } from './seeds.ts';

/**
 * One process of `npm run sim`: runs its share and says how far it is, a JSON line for each 10 seeds or failure;
 * with `--trace`, the whole trace of one seed, to read.
 */
const { values } = parseArgs({
  options: {
    first: { type: 'string', default: '1' },
    count: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
    /** The first violation is enough, and nobody wants to know how it came about. */
    'no-shrink': { type: 'boolean', default: false },
  },
});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function showTrace(seed: string): Promise<void> {
  const plan = planOf(seed);
  const { faults, lines, hash } = await runPlan(plan, true);
  say([...planLines(plan), '', ...lines, '', `hash ${hash}`, ...faults].join('\n'));
}

async function share(first: number, count: number, quick: boolean): Promise<void> {
  let done = 0;
  let saved = 0;
  const tell = (): void => {
    say(JSON.stringify({ done, saved, cpuMs: Math.round(process.cpuUsage().user / 1_000) }));
  };
  const failed = await runSeeds(first, count, {
    stopAtFirst: quick,
    done: (counts) => {
      done += 1;
      saved += counts.saved;
      if (done % 10 === 0) tell();
    },
  });
  tell();
  for (const { plan, faults } of failed) {
    const report = quick ? `seed ${plan.seed}: ${faults[0]}` : await reportOn(plan, faults);
    say(JSON.stringify({ failed: plan.seed, report }));
  }
}

if (values.trace) await showTrace(values.first);
else await share(Number(values.first), Number(values.count), values['no-shrink']);
