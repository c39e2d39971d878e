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
  met: boolean;
};

/** What the ratio may be at most, or must be at least, and in words. */
export type Goal = { text: string } & ({ atMost: number } | { atLeast: number });

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
  goal: Goal,
  ours: readonly number[],
  floor: readonly number[],
): BenchResult {
  const [mine, theirs] = [spread(ours), spread(floor)];
  const ratio = mine.median / theirs.median;
  const met = 'atMost' in goal ? ratio <= goal.atMost : ratio >= goal.atLeast;
  return { metric, unit, ours: mine, floor: theirs, ratio, goal: goal.text, met };
}

/** Prints the results, and writes them where `--json FILE` says. */
export function report(
  name: string,
  electron: string | null,
  runs: number,
  results: readonly BenchResult[],
): void {
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  for (const line of table(results)) console.log(line);
  const { values } = parseArgs({ options: { json: { type: 'string' } }, strict: false });
  if (typeof values['json'] !== 'string') return;
  writeFileSync(
    values['json'],
    `${JSON.stringify({ name, machine, electron, runs, results }, null, 2)}\n`,
  );
}

/** Columns as wide as what is in them. */
function table(results: readonly BenchResult[]): string[] {
  const rows = [
    ['', 'median (min to max)', 'floor or peer', 'ratio', 'goal', ''],
    ...results.map(({ metric, unit, ours, floor, ratio, goal, met }) => [
      metric,
      `${show(ours)} ${unit}`,
      `${show(floor)} ${unit}`,
      ratio >= 0.01 || ratio === 0 ? ratio.toFixed(2) : `1/${round(1 / ratio)}`,
      goal,
      met ? 'PASS' : 'MISS',
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function show({ median, min, max }: Spread): string {
  return `${round(median)} (${round(min)} to ${round(max)})`;
}

function round(value: number): string {
  return value >= 100 || value === 0 ? value.toFixed(0) : value.toPrecision(3);
}
