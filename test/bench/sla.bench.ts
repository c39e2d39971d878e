import { parseArgs } from 'node:util';
import { randomFrom, wholeBetween } from '../../server/demo/random.ts';
import { urgencyOf } from '../../shared/policy/urgency.ts';
import { urgencyOrder } from '../../shared/policy/urgency-order.ts';
import { urgencyQueue } from '../../shared/policy/urgency-queue.ts';
import { compared, report, spread } from './figures.ts';
import { changed, NOW, slaHeads, slaPolicy } from './sla-corpus.ts';
import { columnsOf, NumberBuckets, packedOrder } from './sla-floor.ts';

/**
 * Due times and order of the whole queue, and one changed ticket back into it, each against its floor in the same
 * run (in turn, so that a drifting machine drifts for both).
 *
 *     npm run bench -- sla [--tickets 100000] [--runs 15] [--changes 20000] [--json FILE]
 */
const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '15' },
    changes: { type: 'string', default: '20000' },
    json: { type: 'string' },
  },
});
const tickets = Number(values.tickets);
const runs = Number(values.runs);
const changes = Number(values.changes);
/** Runs before the counted ones, until the compiler has done its work. */
const WARM_UP = 5;

const heads = slaHeads(tickets);
const columns = columnsOf(heads, slaPolicy);

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function wholeQueue() {
  return urgencyOrder(heads.map((head) => urgencyOf(head, slaPolicy, NOW)));
}

const whole = { ours: [] as number[], floor: [] as number[] };
for (let run = -WARM_UP; run < runs; run += 1) {
  const floorMs = timed(() => packedOrder(columns, slaPolicy));
  const oursMs = timed(wholeQueue);
  if (run < 0) continue;
  whole.floor.push(floorMs);
  whole.ours.push(oursMs);
}

/** What one change costs each, µs, over so many changes of tickets picked at random. */
function oneByOne(seed: string): { ours: number[]; floor: number[] } {
  const random = randomFrom(seed);
  const queue = urgencyQueue<{ id: string; urgency: ReturnType<typeof urgencyOf> }>();
  queue.putAll(heads.map((head) => ({ id: head.id, urgency: urgencyOf(head, slaPolicy, NOW) })));
  const keys = heads.map((head) => urgencyOf(head, slaPolicy, NOW).key);
  const numbers = new NumberBuckets(keys.toSorted((a, b) => a - b));
  const ours: number[] = [];
  const floor: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    const index = wholeBetween(random, 0, heads.length - 1);
    const head = heads[index];
    if (head === undefined) continue;
    const next = changed(random, head);
    const before = keys[index] ?? 0;
    const oursMs = timed(() =>
      queue.put({ id: next.id, urgency: urgencyOf(next, slaPolicy, NOW) }),
    );
    const after = queue.get(next.id)?.urgency.key ?? 0;
    const floorMs = timed(() => {
      numbers.remove(before);
      numbers.add(after);
    });
    keys[index] = after;
    ours.push(oursMs * 1_000);
    floor.push(floorMs * 1_000);
  }
  return { ours, floor };
}

const one = { ours: [] as number[], floor: [] as number[] };
const tail = { ours: [] as number[], floor: [] as number[] };
for (let run = -1; run < 5; run += 1) {
  const { ours, floor } = oneByOne(`changes-${run}`);
  if (run < 0) continue;
  one.ours.push(spread(ours).median);
  one.floor.push(spread(floor).median);
  tail.ours.push(percentile(ours, 0.99));
  tail.floor.push(percentile(floor, 0.99));
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}

report('sla', null, runs, [
  compared(`due times and order of ${tickets} tickets`, 'ms', '<= 1.5x', whole.ours, whole.floor),
  compared(`one changed ticket, median`, 'µs', '<= 1.5x', one.ours, one.floor),
  compared(`one changed ticket, p99`, 'µs', '<= 1.5x', tail.ours, tail.floor),
]);
