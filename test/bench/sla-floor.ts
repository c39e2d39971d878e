import { dueAfter } from '../../shared/policy/calendar.ts';
import { calendarFor } from '../../shared/policy/compiled-policy.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { reckon } from '../../shared/policy/reckon.ts';
import { runningDues } from '../../shared/policy/urgency.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';

/** Every running clock of every ticket in columns: no object, no rule, nothing to decide. */
export type Columns = {
  /** By clock. */
  fromAt: Float64Array;
  targetMs: Float64Array;
  /** 1 where it counts around the clock. */
  always: Uint8Array;
  ticket: Uint32Array;
  /** By ticket. */
  rank: Uint8Array;
};

export function columnsOf(heads: readonly TicketHead[], policy: CompiledPolicy): Columns {
  const clocks = heads.flatMap((head, ticket) =>
    runningDues(head, policy).map(({ id, severity }) => ({
      ticket,
      fromAt: reckon(head, policy, id)?.fromAt ?? 0,
      targetMs: id === 'C4' ? policy.progressUpdateMs : policy.targetsMs[severity],
      always: id !== 'C4' && calendarFor(policy, { severity, serverFault: false }) === 'always',
    })),
  );
  return {
    fromAt: Float64Array.from(clocks, (clock) => clock.fromAt),
    targetMs: Float64Array.from(clocks, (clock) => clock.targetMs),
    always: Uint8Array.from(clocks, (clock) => Number(clock.always)),
    ticket: Uint32Array.from(clocks, (clock) => clock.ticket),
    rank: Uint8Array.from(heads, (_, index) => index % 4),
  };
}

/** The floor of "due times and order": the same closed form over columns, and a native sort of packed keys. */
export function packedOrder(columns: Columns, policy: CompiledPolicy): Float64Array {
  const { fromAt, targetMs, always, ticket, rank } = columns;
  const keys = new Float64Array(rank.length).fill(Number.POSITIVE_INFINITY);
  for (let clock = 0; clock < fromAt.length; clock += 1) {
    const from = fromAt[clock] ?? 0;
    const target = targetMs[clock] ?? 0;
    const due = always[clock] === 1 ? from + target : dueAfter(policy.calendar, from, target);
    const owner = ticket[clock] ?? 0;
    const key = due * 4 + (rank[owner] ?? 0);
    if (key < (keys[owner] ?? 0)) keys[owner] = key;
  }
  return keys.toSorted();
}

/**
 * What any reckoning from head rows does first, with nothing done to it: reads the facts that say which clocks run
 * and from when. The floor has them in columns already.
 */
export function factsRead(heads: readonly TicketHead[]): number {
  let sum = 0;
  for (const head of heads) {
    const { asked, severitySteps, unanswered, certifiedAt } = head;
    if (head.category.value === 'feature' || head.status.value === 'resolved') continue;
    sum += head.submittedAt + head.policySteps.length;
    if (head.firstReplyAt === null) sum += head.responseFromAt;
    if (severitySteps.at(-1)?.severity === head.severity.value) sum += 1;
    if (head.triageEndAsk === null) sum += asked[head.triageFromAsk]?.at ?? 0;
    if (unanswered !== null) sum += unanswered.at;
    if (certifiedAt !== null) sum += certifiedAt + head.updatePauses.length;
  }
  return sum;
}

const BUCKET = 128;

/**
 * The floor of "one changed ticket": numbers alone, in plain arrays, no object behind them. A bucket is found by the
 * largest number of each, and a place in it by halving.
 */
export class NumberBuckets {
  readonly #buckets: number[][] = [];
  readonly #last: number[] = [];

  constructor(ascending: readonly number[]) {
    for (let start = 0; start < ascending.length; start += BUCKET) {
      const bucket = ascending.slice(start, start + BUCKET);
      this.#buckets.push(bucket);
      this.#last.push(bucket.at(-1) ?? 0);
    }
  }

  add(value: number): void {
    const index = Math.min(placeIn(this.#last, value), this.#buckets.length - 1);
    const bucket = this.#buckets[index] ?? [];
    bucket.splice(placeIn(bucket, value), 0, value);
    this.#last[index] = bucket.at(-1) ?? value;
    if (bucket.length <= 2 * BUCKET) return;
    this.#buckets.splice(index + 1, 0, bucket.splice(BUCKET));
    this.#last.splice(index, 0, bucket.at(-1) ?? value);
  }

  remove(value: number): boolean {
    const index = placeIn(this.#last, value);
    const bucket = this.#buckets[index] ?? [];
    const place = placeIn(bucket, value);
    if (bucket[place] !== value) return false;
    bucket.splice(place, 1);
    if (bucket.length > 0) this.#last[index] = bucket.at(-1) ?? value;
    else {
      this.#buckets.splice(index, 1);
      this.#last.splice(index, 1);
    }
    return true;
  }
}

function placeIn(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
