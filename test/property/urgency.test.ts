import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { clocks } from '../../shared/policy/clocks.ts';
import { urgencyOrder } from '../../shared/policy/urgency-order.ts';
import { urgencyQueue } from '../../shared/policy/urgency-queue.ts';
import { compareUrgency, urgencyOf } from '../../shared/policy/urgency.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { policy } from '../helpers/tickets.ts';
import { anyStart, anyStep } from './any-step.ts';
import { firstStartAt, startWorld, takeStep } from './desk-world.ts';
import { oracleBand, oracleBinding, oracleCompare } from './oracle/urgency.ts';
import type { ListedClock, ListedTicket } from './oracle/urgency.ts';

const standard = policy();
const { document } = standard;

/** Submitted so close together that instants often coincide. */
const anyHead: fc.Arbitrary<TicketHead> = fc
  .tuple(anyStart, fc.nat({ max: 3 }), fc.array(anyStep, { maxLength: 8, size: 'max' }))
  .map(([start, day, steps]) => {
    const at = firstStartAt + day * DAY_MS;
    const world = startWorld({ ...start, at, lagMs: 0, document: 0 });
    return steps.filter((step) => step.kind !== 'policy').reduce(takeStep, world).head;
  });
const anyHeads = fc
  .array(anyHead, { minLength: 2, maxLength: 12 })
  .map((heads) => heads.map((head, index) => ({ ...head, id: `t${index}` })));
const anyNow = fc.oneof(
  fc.integer({ min: 0, max: 12 * 24 }).map((hours) => firstStartAt + hours * HOUR_MS),
  fc.integer({ min: 0, max: 8 * DAY_MS }).map((ms) => firstStartAt + ms),
);

function running(head: TicketHead): ListedClock[] {
  return clocks(head, standard).flatMap(({ id, state, severity, dueAt }) =>
    state === 'running' && dueAt !== null ? [{ id, severity, dueAt }] : [],
  );
}

function listed(head: TicketHead): ListedTicket {
  const status = head.status.value;
  const isOpen = status === 'open' || status === 'waiting';
  return {
    id: head.id,
    submittedAt: head.submittedAt,
    lastActivityAt: head.lastActivityAt,
    waiting: status === 'waiting',
    unanswered: isOpen && (head.firstReplyAt === null || head.unanswered !== null),
    running: running(head),
  };
}

test('[U1] [U2] [U3] the order is what the rules say of the lists of clocks', () => {
  fc.assert(
    fc.property(anyHeads, anyNow, (heads, now) => {
      const urgencies = heads.map((head) => urgencyOf(head, standard, now));
      const bySlow = heads.map(listed).toSorted(oracleCompare(document, now));
      const byFast = urgencies.toSorted(compareUrgency);
      expect(byFast.map((each) => each.ticketId)).toEqual(bySlow.map((each) => each.id));
      // Sorted by digits it is the same.
      expect([...urgencyOrder(urgencies)].map((place) => urgencies[place]?.ticketId)).toEqual(
        byFast.map((each) => each.ticketId),
      );
      for (const [index, head] of heads.entries()) {
        const binding = oracleBinding(listed(head), document, now);
        expect(urgencies[index]).toMatchObject({
          clock: binding?.id ?? null,
          band: binding?.band.replace(' ', '-') ?? 'no-clock',
          updateLate: binding?.id === 'C4' && binding.dueAt < now,
        });
      }
    }),
    { seed: 5_001, numRuns: 500 },
  );
});

test('[U3] the order is total, antisymmetric and transitive', () => {
  fc.assert(
    fc.property(anyHeads, anyNow, (heads, now) => {
      const all = heads.map((head) => urgencyOf(head, standard, now));
      for (const a of all)
        for (const b of all) {
          const ab = Math.sign(compareUrgency(a, b));
          expect(ab === 0).toBe(a === b);
          expect(Math.sign(compareUrgency(b, a)) + ab).toBe(0);
          const after = all.filter((c) => ab < 0 && compareUrgency(b, c) < 0);
          expect(after.every((c) => compareUrgency(a, c) < 0)).toBe(true);
        }
    }),
    { seed: 5_002, numRuns: 150 },
  );
});

test('[U5] the promise of a ticket is that of C1 and C2 alone', () => {
  fc.assert(
    fc.property(anyHead, anyNow, (head, now) => {
      const bands = running(head)
        .filter(({ id }) => id === 'C1' || id === 'C2')
        .map((clock) => oracleBand(clock, document, now));
      const worst = bands.includes('overdue')
        ? 'overdue'
        : bands.includes('at risk')
          ? 'at-risk'
          : null;
      expect(urgencyOf(head, standard, now).promise).toBe(worst);
    }),
    { seed: 5_003, numRuns: 1_500 },
  );
});

test('[U4] nothing changes before the next edge, and something does at it', () => {
  fc.assert(
    fc.property(anyHead, anyNow, fc.array(fc.nat({ max: 3_600 })), (head, now, samples) => {
      const here = urgencyOf(head, standard, now);
      const edgeAt = here.nextEdgeAt;
      const lastAt = Math.min(edgeAt, now + 30 * DAY_MS) - 1;
      // From ten minutes to ten minutes for two days, and at random places; then the last millisecond.
      const instants = [
        ...Array.from({ length: 48 * 6 }, (_, step) => now + step * 10 * MINUTE_MS),
        ...samples.map((sample) => now + Math.floor(((lastAt - now) * sample) / 3_600)),
        lastAt,
      ].filter((at) => at >= now && at <= lastAt);
      for (const at of instants) expect(urgencyOf(head, standard, at)).toEqual(here);
      if (!Number.isFinite(edgeAt)) return;
      const bandsAt = (at: number) =>
        running(head).map((clock) => [oracleBand(clock, document, at), clock.dueAt < at]);
      expect(bandsAt(edgeAt)).not.toEqual(bandsAt(edgeAt - 1));
    }),
    { seed: 5_004, numRuns: 150 },
  );
});

type QueueStep =
  | { kind: 'put'; slot: number; head: TicketHead }
  | { kind: 'put-all'; heads: readonly { slot: number; head: TicketHead }[] }
  | { kind: 'remove'; slot: number }
  | { kind: 'pass'; ms: number }
  | { kind: 'clear' };

test('[U3] [U4] the queue is what sorting from scratch gives, whatever came in, went out and passed', () => {
  const slot = fc.nat({ max: 25 });
  // Heads are dear to make: a pool of them serves every run.
  const pool = fc.sample(anyHead, { seed: 5_005, numRuns: 150 });
  const pooled = fc.constantFrom(...pool);
  const anyQueueStep: fc.Arbitrary<QueueStep> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant('put' as const), slot, head: pooled }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('put-all' as const),
        heads: fc.array(fc.record({ slot, head: pooled }), { maxLength: 20 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), slot }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('pass' as const),
        ms: fc.oneof(fc.integer({ min: 0, max: 20 * HOUR_MS }), fc.constant(0)),
      }),
    },
    { weight: 1, arbitrary: fc.constant<QueueStep>({ kind: 'clear' }) },
  );
  const place = (at: number) => (each: { slot: number; head: TicketHead }) => {
    const head = { ...each.head, id: `t${each.slot}` };
    return { id: head.id, head, urgency: urgencyOf(head, standard, at) };
  };
  fc.assert(
    fc.property(fc.array(anyQueueStep, { minLength: 1, maxLength: 30, size: 'max' }), (steps) => {
      const queue = urgencyQueue<ReturnType<ReturnType<typeof place>>>();
      const model = new Map<string, TicketHead>();
      // What the queue gave back of what was there before, and what it had to give.
      const given: unknown[] = [];
      const wanted: unknown[] = [];
      let now = firstStartAt;
      for (const step of steps) {
        switch (step.kind) {
          case 'put': {
            const item = place(now)(step);
            given.push(queue.put(item)?.head);
            wanted.push(model.get(item.id));
            model.set(item.id, item.head);
            break;
          }
          case 'put-all': {
            const items = step.heads.map(place(now));
            queue.putAll(items);
            for (const item of items) model.set(item.id, item.head);
            break;
          }
          case 'remove':
            given.push(queue.remove(`t${step.slot}`)?.head);
            wanted.push(model.get(`t${step.slot}`));
            model.delete(`t${step.slot}`);
            break;
          case 'pass':
            now += step.ms;
            for (const { id, head } of queue.crossed(now))
              queue.put({ id, head, urgency: urgencyOf(head, standard, now) });
            break;
          case 'clear':
            queue.clear();
            model.clear();
            break;
        }
        const scratch = [...model.values()]
          .map((head) => urgencyOf(head, standard, now))
          .toSorted(compareUrgency);
        expect([...queue.inOrder()].map((each) => each.urgency)).toEqual(scratch);
        expect(queue.size()).toBe(model.size);
        expect(given.every((each, index) => each === wanted[index])).toBe(true);
        expect(queue.nextEdgeAt()).toBe(
          Math.min(...scratch.map((each) => each.nextEdgeAt), Number.POSITIVE_INFINITY),
        );
      }
    }),
    { seed: 5_006, numRuns: 250 },
  );
});
