import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unreachable } from '../base/assert.ts';
import { compareUrgency } from './urgency.ts';
import type { Urgency } from './urgency.ts';
import { urgencyOrder } from './urgency-order.ts';
import { urgencyQueue } from './urgency-queue.ts';
import type { UrgencyQueue } from './urgency-queue.ts';

type Item = { id: string; urgency: Urgency };

function placed(id: number, key: number, nextEdgeAt: number): Item {
  const urgency: Urgency = {
    ticketId: `t${id}`,
    band: 'on-track',
    group: 'coming-up',
    clock: 'C1',
    severity: 'low',
    dueAt: key,
    updateLate: false,
    nextEdgeAt,
    promise: null,
    key,
    submittedAt: id % 3,
  };
  return { id: urgency.ticketId, urgency };
}

const anyKey = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2 ** 47 }));
const anyItem = fc
  .tuple(
    fc.integer({ min: 0, max: 60 }),
    anyKey,
    fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant(Number.POSITIVE_INFINITY)),
  )
  .map(([id, key, edgeAt]) => placed(id, key, edgeAt));
const byEdge = (a: Item, b: Item) =>
  a.urgency.nextEdgeAt - b.urgency.nextEdgeAt || (a.id < b.id ? -1 : 1);

test('[U3] places by digits are those of a plain sort', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyItem, { selector: ({ id }) => id, maxLength: 60 }), (items) => {
      const urgencies = items.map(({ urgency }) => urgency);
      const order = Array.from(urgencyOrder(urgencies), (index) => urgencies[index]);
      expect(order).toEqual(urgencies.toSorted(compareUrgency));
    }),
  );
});

type Change =
  | { kind: 'put'; item: Item }
  | { kind: 'all'; items: Item[] }
  | { kind: 'remove'; id: string }
  | { kind: 'crossed'; now: number };
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  anyItem.map((item) => ({ kind: 'put' as const, item })),
  fc.array(anyItem, { maxLength: 40 }).map((items) => ({ kind: 'all' as const, items })),
  fc.integer({ min: 0, max: 60 }).map((id) => ({ kind: 'remove' as const, id: `t${id}` })),
  fc.integer({ min: 0, max: 50 }).map((now) => ({ kind: 'crossed' as const, now })),
);

function answerOf(queue: UrgencyQueue<Item>, change: Change): unknown {
  switch (change.kind) {
    case 'put':
      return queue.put(change.item);
    case 'all':
      return queue.putAll(change.items);
    case 'remove':
      return queue.remove(change.id);
    case 'crossed':
      return queue.crossed(change.now);
    default:
      return unreachable(change);
  }
}

function answerOfModel(model: Map<string, Item>, change: Change): unknown {
  switch (change.kind) {
    case 'put': {
      const before = model.get(change.item.id);
      model.set(change.item.id, change.item);
      return before;
    }
    case 'all':
      for (const item of change.items) model.set(item.id, item);
      return undefined;
    case 'remove': {
      const before = model.get(change.id);
      model.delete(change.id);
      return before;
    }
    case 'crossed':
      return [...model.values()]
        .filter(({ urgency }) => urgency.nextEdgeAt <= change.now)
        .toSorted(byEdge);
    default:
      return unreachable(change);
  }
}

test('[U4] after any changes, order, next edge and what has crossed are those of the tickets there', () => {
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 200 }), (changes) => {
      const queue = urgencyQueue<Item>();
      const model = new Map<string, Item>();
      for (const change of changes) {
        const wanted = answerOfModel(model, change);
        expect(answerOf(queue, change)).toEqual(wanted);
        const edges = [...model.values()].map(({ urgency }) => urgency.nextEdgeAt);
        expect(queue.nextEdgeAt()).toBe(Math.min(Number.POSITIVE_INFINITY, ...edges));
      }
      const all = [...model.values()].toSorted((a, b) => compareUrgency(a.urgency, b.urgency));
      expect([...queue.inOrder()]).toEqual(all);
      expect(queue.size()).toBe(model.size);
    }),
  );
});

test('[U4] a ticket put many thousand times keeps one edge', () => {
  const queue = urgencyQueue<Item>();
  for (let change = 0; change < 5_000; change += 1) queue.put(placed(change % 5, change, change));
  expect(queue.nextEdgeAt()).toBe(4_995);
  expect(queue.crossed(4_997).map(({ id }) => id)).toEqual(['t0', 't1', 't2']);
  queue.clear();
  expect(queue.nextEdgeAt()).toBe(Number.POSITIVE_INFINITY);
});
