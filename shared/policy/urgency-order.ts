import { compareUrgency } from './urgency.ts';
import type { Urgency } from './urgency.ts';

const DIGIT_BITS = 12;
const DIGITS = 1 << DIGIT_BITS;
/** Keys are below 2^48: four digits. */
const LOW_HALF = 2 ** 24;

/**
 * The places in the order of U3: indexes into `urgencies`. Sorts by the packed keys digit by digit, which takes a
 * fraction of the time of comparing, and then those of equal key by their ties.
 */
export function urgencyOrder(urgencies: readonly Urgency[]): Uint32Array {
  const count = urgencies.length;
  const low = new Uint32Array(count);
  const high = new Uint32Array(count);
  let order = new Uint32Array(count);
  urgencies.forEach(({ key }, index) => {
    high[index] = Math.floor(key / LOW_HALF);
    low[index] = key % LOW_HALF;
    order[index] = index;
  });
  let spare = new Uint32Array(count);
  for (const digits of [low, high]) {
    for (const shift of [0, DIGIT_BITS]) {
      sortByDigit(digits, shift, order, spare);
      [order, spare] = [spare, order];
    }
  }
  sortTies(urgencies, order);
  return order;
}

/** One stable pass, from one array of indexes into the other. */
function sortByDigit(
  digits: Uint32Array,
  shift: number,
  from: Uint32Array,
  into: Uint32Array,
): void {
  const next = new Uint32Array(DIGITS + 1);
  for (const value of digits) {
    const digit = (value >>> shift) & (DIGITS - 1);
    next[digit + 1] = (next[digit + 1] ?? 0) + 1;
  }
  for (let digit = 1; digit <= DIGITS; digit += 1)
    next[digit] = (next[digit] ?? 0) + (next[digit - 1] ?? 0);
  for (const index of from) {
    const digit = ((digits[index] ?? 0) >>> shift) & (DIGITS - 1);
    const place = next[digit] ?? 0;
    into[place] = index;
    next[digit] = place + 1;
  }
}

function sortTies(urgencies: readonly Urgency[], order: Uint32Array): void {
  const keyAt = (place: number) => urgencies[order[place] ?? -1]?.key;
  for (let start = 0; start < order.length; start += 1) {
    let end = start + 1;
    while (end < order.length && keyAt(end) === keyAt(start)) end += 1;
    if (end - start > 1) order.subarray(start, end).sort((a, b) => compareAt(urgencies, a, b));
    start = end - 1;
  }
}

function compareAt(urgencies: readonly Urgency[], a: number, b: number): number {
  const [left, right] = [urgencies[a], urgencies[b]];
  return left === undefined || right === undefined ? 0 : compareUrgency(left, right);
}
