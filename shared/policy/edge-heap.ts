/**
 * Which element's instant comes next, of many whose instants are often replaced: a binary heap that keeps what was
 * replaced until it comes up, or until half of it is such.
 */
export type EdgeHeap<T> = {
  readonly push: (at: number, item: T) => void;
  /** The nearest instant of an element that still counts; Infinity where there is none. */
  readonly nextAt: () => number;
  /** Elements up to an instant that still count, each once, in no order. They stay. */
  readonly upTo: (at: number) => T[];
  readonly clear: () => void;
};

/** Below so many nothing is cleared out. */
const FEW = 64;

/** `isCurrent` says whether an element still counts with the instant it was pushed with. */
export function edgeHeap<T>(isCurrent: (item: T) => boolean): EdgeHeap<T> {
  // In heap order, side by side: an entry is not before the one at half its place.
  let ats: number[] = [];
  let items: T[] = [];
  let clearAbove = FEW;

  function push(at: number, item: T): void {
    if (ats.length >= clearAbove) clearOut();
    let place = ats.length;
    ats.push(at);
    items.push(item);
    while (place > 0) {
      const parent = (place - 1) >>> 1;
      if ((ats[parent] ?? 0) <= at) break;
      move(parent, place);
      place = parent;
    }
    ats[place] = at;
    items[place] = item;
  }

  function move(from: number, to: number): void {
    ats[to] = ats[from] ?? 0;
    items[to] = items[from] as T;
  }

  function pop(): T | undefined {
    const first = items[0];
    const at = ats.pop();
    const item = items.pop();
    const count = ats.length;
    if (at === undefined || item === undefined || count === 0) return first;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= count) break;
      if (child + 1 < count && (ats[child + 1] ?? 0) < (ats[child] ?? 0)) child += 1;
      if ((ats[child] ?? 0) >= at) break;
      move(child, place);
      place = child;
    }
    ats[place] = at;
    items[place] = item;
    return first;
  }

  /** Amortised: it takes as many pushes again until the next time. */
  function clearOut(): void {
    const kept = new Map<T, number>();
    items.forEach((item, place) => {
      if (isCurrent(item)) kept.set(item, ats[place] ?? 0);
    });
    // In order is in heap order.
    const entries = [...kept].toSorted(([, a], [, b]) => a - b);
    ats = entries.map(([, at]) => at);
    items = entries.map(([item]) => item);
    clearAbove = 2 * items.length + FEW;
  }

  return {
    push,
    nextAt: () => {
      for (;;) {
        const first = items[0];
        if (first === undefined) return Number.POSITIVE_INFINITY;
        if (isCurrent(first)) return ats[0] ?? Number.POSITIVE_INFINITY;
        pop();
      }
    },
    upTo: (at) => {
      const found = new Map<T, number>();
      for (let next = ats[0]; next !== undefined && next <= at; next = ats[0]) {
        const item = pop();
        if (item !== undefined && isCurrent(item)) found.set(item, next);
      }
      for (const [item, itemAt] of found) push(itemAt, item);
      return [...found.keys()];
    },
    clear: () => {
      ats = [];
      items = [];
      clearAbove = FEW;
    },
  };
}
