import { parseArgs } from 'node:util';
import { report } from './figures.ts';
import type { BenchResult } from './figures.ts';
import { emptyPull } from './sync/empty-pull.ts';
import { pushRate } from './sync/push-rate.ts';

/**
 * What sync costs, each row against its floor in the same run. One file a row, in sync/.
 *
 *     npm run bench -- sync [--row NAME] [--runs 7] [--json FILE]
 */
const rows: Readonly<Record<string, (runs: number) => Promise<BenchResult>>> = {
  'empty-pull': emptyPull,
  'push-rate': pushRate,
};

const { values } = parseArgs({
  options: {
    row: { type: 'string', multiple: true },
    runs: { type: 'string', default: '7' },
    json: { type: 'string' },
  },
});
const runs = Number(values.runs);
const results: BenchResult[] = [];
for (const name of values.row ?? Object.keys(rows)) {
  const row = rows[name];
  if (row === undefined) throw new Error(`--row is one of ${Object.keys(rows).join(', ')}`);
  results.push(await row(runs));
}
report('sync', null, runs, results);
