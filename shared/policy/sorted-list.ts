/**
 * A list in the order of a number, and of a total comparison where numbers are equal, in buckets: one element comes
 * in or goes out at the cost of a bucket, however long the list. Two elements equal in both are the same place.
 */
export type SortedList<T> = {
  readonly size: () => number;
  readonly add: (item: T) => void;
  /** False where there was none at its place. */
  readonly remove: (item: T) => boolean;
  readonly first: () => T | undefined;
  /** In order. The list must not change meanwhile. */
  readonly [Symbol.iterator]: () => Iterator<T>;
  /** Takes over what is in order already. */
  readonly replace: (ordered: readonly T[]) => void;
};

/** Numbers stand beside their elements, so that a search reads one short array and no element. */
type Bucket<T> = { keys: number[]; items: T[] };

/** So many that moving half a bucket costs about as much as finding it. */
const BUCKET = 128;

export function sortedList<T>(
  keyOf: (item: T) => number,
  compareTies: (a: T, b: T) => number,
): SortedList<T> {
  let buckets: Bucket<T>[] = [];
  /** The last number of each bucket. */
  let lastKeys: number[] = [];
  let size = 0;

  /** The first place of an ascending column that is not before the item. */
  function placeIn(
    keys: readonly number[],
    itemAt: (place: number) => T | undefined,
    key: number,
    item: T,
  ): number {
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = keys[middle] ?? 0;
      if (other < key || (other === key && isBefore(itemAt(middle), item))) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function isBefore(other: T | undefined, item: T): boolean {
    return other !== undefined && compareTies(other, item) < 0;
  }

  function bucketOf(key: number, item: T): number {
    return placeIn(lastKeys, (place) => buckets[place]?.items.at(-1), key, item);
  }

  function split(index: number, bucket: Bucket<T>): void {
    const rest = { keys: bucket.keys.splice(BUCKET), items: bucket.items.splice(BUCKET) };
    buckets.splice(index + 1, 0, rest);
    lastKeys.splice(index, 0, bucket.keys.at(-1) ?? 0);
  }

  return {
    size: () => size,
    add: (item) => {
      const key = keyOf(item);
      size += 1;
      // What comes after all goes into the last bucket.
      const index = Math.min(bucketOf(key, item), buckets.length - 1);
      const bucket = buckets[index];
      if (bucket === undefined) {
        buckets.push({ keys: [key], items: [item] });
        lastKeys.push(key);
        return;
      }
      const { keys, items } = bucket;
      const place = placeIn(keys, (at) => items[at], key, item);
      keys.splice(place, 0, key);
      items.splice(place, 0, item);
      if (place === keys.length - 1) lastKeys[index] = key;
      if (keys.length > BUCKET * 2) split(index, bucket);
    },
    remove: (item) => {
      const key = keyOf(item);
      const index = bucketOf(key, item);
      const bucket = buckets[index];
      if (bucket === undefined) return false;
      const { keys, items } = bucket;
      const place = placeIn(keys, (at) => items[at], key, item);
      const found = items[place];
      if (found === undefined || keys[place] !== key || compareTies(found, item) !== 0)
        return false;
      keys.splice(place, 1);
      items.splice(place, 1);
      size -= 1;
      const last = keys.at(-1);
      if (last !== undefined) lastKeys[index] = last;
      else {
        buckets.splice(index, 1);
        lastKeys.splice(index, 1);
      }
      return true;
    },
    first: () => buckets[0]?.items[0],
    *[Symbol.iterator]() {
      for (const { items } of buckets) yield* items;
    },
    replace: (ordered) => {
      size = ordered.length;
      buckets = [];
      for (let start = 0; start < ordered.length; start += BUCKET) {
        const items = ordered.slice(start, start + BUCKET);
        buckets.push({ keys: items.map(keyOf), items });
      }
      lastKeys = buckets.map(({ keys }) => keys.at(-1) ?? 0);
    },
  };
}
