import { edgeHeap } from './edge-heap.ts';
import { sortedList } from './sorted-list.ts';
import { compareUrgency } from './urgency.ts';
import type { Urgency } from './urgency.ts';
import { urgencyOrder } from './urgency-order.ts';

/** What a queue holds: a ticket with its place. Never changed; a change brings a new one. */
export type Placed = { readonly id: string; readonly urgency: Urgency };

/**
 * The queue in the order of U3, kept in order while tickets change: one change re-inserts one ticket, and the next
 * band edge is known without looking through them all (U4). Instants in desk time, ms.
 */
export type UrgencyQueue<T extends Placed> = {
  get: (id: string) => T | undefined;
  size: () => number;
  /** Puts a ticket where it belongs; gives what was there of it before. */
  put: (item: T) => T | undefined;
  /** As `put` for many, sorting once where that is less work. */
  putAll: (items: readonly T[]) => void;
  remove: (id: string) => T | undefined;
  clear: () => void;
  /** All in order. The queue must not change meanwhile. */
  inOrder: () => Iterable<T>;
  /** When time alone next moves a ticket; Infinity where it does not. */
  nextEdgeAt: () => number;
  /** The tickets whose edge has come by then, nearest first: to be reckoned anew and put back. */
  crossed: (now: number) => T[];
};

/** Above this share of the queue, sorting once is cheaper than inserting one by one. */
const SORT_ABOVE_SHARE = 0.1;

export function urgencyQueue<T extends Placed>(): UrgencyQueue<T> {
  const items = new Map<string, T>();
  const order = sortedList<T>(
    (item) => item.urgency.key,
    (a, b) => compareUrgency(a.urgency, b.urgency),
  );
  const edges = edgeHeap<T>((item) => items.get(item.id) === item);

  function schedule(item: T): void {
    const { nextEdgeAt } = item.urgency;
    if (nextEdgeAt !== Number.POSITIVE_INFINITY) edges.push(nextEdgeAt, item);
  }

  function put(item: T): T | undefined {
    const before = items.get(item.id);
    if (before !== undefined) order.remove(before);
    items.set(item.id, item);
    order.add(item);
    schedule(item);
    return before;
  }

  return {
    get: (id) => items.get(id),
    size: () => items.size,
    put,
    putAll: (changed) => {
      if (changed.length <= 8 || changed.length <= items.size * SORT_ABOVE_SHARE) {
        for (const item of changed) put(item);
        return;
      }
      for (const item of changed) items.set(item.id, item);
      const all = [...items.values()];
      const places = urgencyOrder(all.map((item) => item.urgency));
      order.replace(Array.from(places, (place) => all[place] as T));
      edges.clear();
      for (const item of all) schedule(item);
    },
    remove: (id) => {
      const before = items.get(id);
      if (before === undefined) return undefined;
      order.remove(before);
      items.delete(id);
      return before;
    },
    clear: () => {
      items.clear();
      order.replace([]);
      edges.clear();
    },
    inOrder: () => order,
    nextEdgeAt: () => edges.nextAt(),
    crossed: (now) => edges.upTo(now).toSorted(compareEdges),
  };
}

function compareEdges(a: Placed, b: Placed): number {
  return a.urgency.nextEdgeAt - b.urgency.nextEdgeAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
