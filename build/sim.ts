import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { Stop, runScript } from './message.ts';
import { projectDir } from './paths.ts';

const script = join(projectDir, 'test', 'simulation', 'run-seeds.ts');
const PROGRESS_MS = 2_000;
const USAGE =
  'npm run sim -- --seeds N [--first S] [--processes P] [--no-shrink], or --seed S for the trace of one';

type Share = { done: number; saved: number };

/**
 * The simulation at length (docs/sync.md): many seeds over several processes with a progress line, each seed that
 * fails with the shortest way there; or one seed with its whole trace.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string' },
      first: { type: 'string', default: '1' },
      'no-shrink': { type: 'boolean', default: false },
      processes: { type: 'string', default: String(availableParallelism()) },
    },
  });
  if (values.seed !== undefined) return runTrace(values.seed);
  const count = Number(values.seeds);
  const first = Number(values.first);
  const processes = Math.max(1, Math.min(count, Number(values.processes)));
  if (![count, first, processes].every((each) => Number.isSafeInteger(each) && each > 0))
    throw new Stop(USAGE);
  return runShares({ first, count, processes, quick: values['no-shrink'] });
}

function runTrace(seed: string): Promise<number> {
  const child = spawn(process.execPath, [script, '--trace', '--first', seed], { stdio: 'inherit' });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

type Run = { first: number; count: number; processes: number; quick: boolean };

async function runShares({ first, count, processes, quick }: Run): Promise<number> {
  const startedAt = performance.now();
  const shares: Share[] = Array.from({ length: processes }, () => ({ done: 0, saved: 0 }));
  let failed = 0;
  const sum = (of: keyof Share): number => shares.reduce((total, share) => total + share[of], 0);
  const line = (): string => {
    const seconds = (performance.now() - startedAt) / 1_000;
    const rate = (sum('done') / seconds).toFixed(1);
    return `${sum('done')} of ${count} seeds, ${sum('saved')} changes, ${failed} failed, ${seconds.toFixed(0)} s (${rate} a second)`;
  };
  const progress = setInterval(() => {
    process.stderr.write(`${line()}\n`);
  }, PROGRESS_MS);
  const each = Math.ceil(count / processes);
  const codes = await Promise.all(
    shares.map((share, index) => {
      const from = first + index * each;
      const size = Math.min(each, first + count - from);
      return size <= 0
        ? Promise.resolve(0)
        : runShare(from, size, quick, (told) => {
            if (told.failed === undefined) Object.assign(share, told);
            else {
              failed += 1;
              console.log(`\n${told.report ?? ''}`);
            }
          });
    }),
  );
  clearInterval(progress);
  console.log(line());
  return failed === 0 && codes.every((code) => code === 0) && sum('done') === count ? 0 : 1;
}

type Told = Partial<Share> & { failed?: string; report?: string };

function runShare(
  first: number,
  count: number,
  quick: boolean,
  told: (line: Told) => void,
): Promise<number> {
  const args = [script, '--first', String(first), '--count', String(count)];
  if (quick) args.push('--no-shrink');
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface({ input: child.stdout }).on('line', (line) => {
    told(JSON.parse(line) as Told);
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

await runScript(main);
