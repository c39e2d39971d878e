/**
 * A list in the order of a total comparison, in buckets, so that one element comes in or goes out at the cost of a
 * bucket, however long the list. Two elements that compare as 0 are the same place.
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

const BUCKET = 512;

export function sortedList<T>(compare: (a: T, b: T) => number): SortedList<T> {
  let buckets: T[][] = [];
  let size = 0;

  /** The first bucket whose last element is not before the item; the last one where all are. */
  function bucketOf(item: T): number {
    let low = 0;
    let high = buckets.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const last = buckets[middle]?.at(-1);
      if (last !== undefined && compare(last, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    size: () => size,
    add: (item) => {
      size += 1;
      const index = bucketOf(item);
      const bucket = buckets[index];
      if (bucket === undefined) {
        buckets.push([item]);
        return;
      }
      bucket.splice(placeIn(bucket, item, compare), 0, item);
      if (bucket.length > BUCKET * 2) buckets.splice(index + 1, 0, bucket.splice(BUCKET));
    },
    remove: (item) => {
      const index = bucketOf(item);
      const bucket = buckets[index];
      if (bucket === undefined) return false;
      const place = placeIn(bucket, item, compare);
      const found = bucket[place];
      if (found === undefined || compare(found, item) !== 0) return false;
      bucket.splice(place, 1);
      if (bucket.length === 0) buckets.splice(index, 1);
      size -= 1;
      return true;
    },
    first: () => buckets[0]?.[0],
    *[Symbol.iterator]() {
      for (const bucket of buckets) yield* bucket;
    },
    replace: (ordered) => {
      size = ordered.length;
      buckets = [];
      for (let start = 0; start < ordered.length; start += BUCKET)
        buckets.push(ordered.slice(start, start + BUCKET));
    },
  };
}

function placeIn<T>(bucket: readonly T[], item: T, compare: (a: T, b: T) => number): number {
  let low = 0;
  let high = bucket.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = bucket[middle];
    if (other !== undefined && compare(other, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
