/** One clock and one queue of what is going to happen: nothing else in a simulation moves. */
export type Scheduler = {
  /** True time, ms since epoch: no machine's clock. */
  nowMs: () => number;
  /** Runs the step at a later instant. Returns how to take it back. */
  after: (delayMs: number, step: () => void) => () => void;
  /** Does what is due up to an instant, one thing after the other, until something stops it. */
  runUntil: (untilMs: number) => Promise<void>;
  stop: () => void;
  /** How many things have happened. */
  count: () => number;
};

type Planned = { atMs: number; order: number; step: (() => void) | null };

/** Runs what is left of this turn of the loop: every promise that can go on has gone on. */
function drained(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

export function scheduler(startMs: number): Scheduler {
  const heap: Planned[] = [];
  let now = startMs;
  let order = 0;
  let done = 0;
  let stopped = false;
  return {
    nowMs: () => now,
    after: (delayMs, step) => {
      order += 1;
      const planned: Planned = { atMs: now + Math.max(0, Math.round(delayMs)), order, step };
      push(heap, planned);
      return () => {
        planned.step = null;
      };
    },
    runUntil: async (untilMs) => {
      await drained();
      while (!stopped) {
        const [first] = heap;
        if (first === undefined || first.atMs > untilMs) break;
        pop(heap);
        if (first.step === null) continue;
        now = Math.max(now, first.atMs);
        done += 1;
        first.step();
        await drained();
      }
      if (!stopped) now = Math.max(now, untilMs);
    },
    stop: () => {
      stopped = true;
    },
    count: () => done,
  };
}

function isBefore(a: Planned, b: Planned): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

function push(heap: Planned[], planned: Planned): void {
  heap.push(planned);
  let at = heap.length - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(planned, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = planned;
}

function pop(heap: Planned[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    if (left === undefined) break;
    const isRight = right !== undefined && isBefore(right, left);
    const least = isRight ? right : left;
    if (!isBefore(least, last)) break;
    heap[at] = least;
    at = 2 * at + (isRight ? 2 : 1);
  }
  heap[at] = last;
}
