import { expect, test } from 'vitest';
import { reportOn } from './report.ts';
import { runSeeds } from './seeds.ts';

/** Seeds of one test: so many that a progress line comes every few seconds. */
const AT_ONCE = 100;

/** One share of the seeds that every test run goes through; a share is a file, so that two cores take two. */
export function shareOfSeeds(first: number, count: number): void {
  for (let from = first; from < first + count; from += AT_ONCE) {
    test(`[S1-S18] seeds ${from} to ${from + AT_ONCE - 1}: nothing is lost, doubled, leaked or stuck`, async () => {
      const [failed] = await runSeeds(from, AT_ONCE, { stopAtFirst: true, done: () => undefined });
      expect(failed === undefined ? '' : await reportOn(failed.plan, failed.faults)).toBe('');
    });
  }
}
