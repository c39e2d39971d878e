import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';

/** Spread of one figure over the runs. */
export type Spread = { median: number; min: number; max: number };

/** One row of a bench's JSON: ours, the floor measured in the same run, and the ratio of the medians. */
export type BenchResult = {
  metric: string;
  unit: string;
  ours: Spread;
  floor: Spread;
  ratio: number;
  goal: string;
};

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1
      ? (sorted[middle] ?? Number.NaN)
      : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

export function compared(
  metric: string,
  unit: string,
  goal: string,
  ours: readonly number[],
  floor: readonly number[],
): BenchResult {
  const [mine, theirs] = [spread(ours), spread(floor)];
  return { metric, unit, ours: mine, floor: theirs, ratio: mine.median / theirs.median, goal };
}

/** Prints the results, and writes them where `--json FILE` says. */
export function report(
  name: string,
  electron: string | null,
  runs: number,
  results: readonly BenchResult[],
): void {
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  for (const { metric, unit, ours, floor, ratio, goal } of results) {
    const against = `floor ${show(floor)} ${unit}; ratio ${ratio.toFixed(2)}`;
    console.log(`${metric}: ${show(ours)} ${unit}; ${against} (goal ${goal})`);
  }
  const { values } = parseArgs({ options: { json: { type: 'string' } }, strict: false });
  if (typeof values['json'] !== 'string') return;
  writeFileSync(
    values['json'],
    `${JSON.stringify({ name, machine, electron, runs, results }, null, 2)}\n`,
  );
}

function show({ median, min, max }: Spread): string {
  return `${round(median)} (${round(min)} to ${round(max)})`;
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
