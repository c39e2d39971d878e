import fc from 'fast-check';
import { expect, test } from 'vitest';
import { severityGiven, policy, ticket, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { HOUR_MS, MINUTE_MS } from '../base/time.ts';
import type { TicketHead } from '../tickets/head.ts';
import { compareUrgency, urgencyOf } from './urgency.ts';
import { severities } from './severity.ts';
import type { Severity } from './severity.ts';

const standard = policy();

/** A triaged ticket whose C1 is due so many minutes after WEDNESDAY_10. */
function dueIn(id: string, minutes: number, severity: Severity): TicketHead {
  const hours = standard.document.targetHours[severity];
  const fromAt = WEDNESDAY_10 + minutes * MINUTE_MS - hours * HOUR_MS;
  const base = ticket({ id, receivedAt: fromAt });
  return {
    ...base,
    severity: { ...base.severity, value: severity },
    severitySteps: [severityGiven(severity, fromAt)],
    category: { ...base.category, value: 'question' },
  };
}

function order(heads: readonly TicketHead[]): string[] {
  return heads
    .map((head) => urgencyOf(head, standard, WEDNESDAY_10))
    .toSorted(compareUrgency)
    .map((each) => each.ticketId);
}

test('[U3] critical now, then overdue by severity, then by due, then no clock', () => {
  const feature = ticket({ id: 'feature' });
  const noClock: TicketHead = {
    ...feature,
    category: { ...feature.category, value: 'feature' },
  };
  expect(
    order([
      noClock,
      dueIn('low-soon', 20, 'low'),
      dueIn('medium-overdue', -300, 'medium'),
      dueIn('high-overdue', -5, 'high'),
      dueIn('critical-risk', 50, 'critical'),
      dueIn('critical-overdue', -1, 'critical'),
      dueIn('high-soon', 15, 'high'),
    ]),
  ).toEqual([
    'critical-overdue',
    'critical-risk',
    'high-overdue',
    'medium-overdue',
    'high-soon',
    'low-soon',
    'feature',
  ]);
});

test('[U1] [U4] a ticket crosses its band edge at the instant that was announced', () => {
  const head = dueIn('a', 90, 'critical');
  const calm = urgencyOf(head, standard, WEDNESDAY_10);
  expect(calm).toMatchObject({ band: 'on-track', nextEdgeAt: WEDNESDAY_10 + 30 * MINUTE_MS });
  const risk = urgencyOf(head, standard, calm.nextEdgeAt);
  expect(risk.band).toBe('at-risk');
  expect(urgencyOf(head, standard, calm.nextEdgeAt - 1).band).toBe('on-track');
  expect(urgencyOf(head, standard, risk.nextEdgeAt).band).toBe('overdue');
  expect(urgencyOf(head, standard, risk.nextEdgeAt - 1).band).toBe('at-risk');
});

test('[U2] an overdue progress update is at risk at most, and says so', () => {
  const answered = ticket({ firstReplyAt: WEDNESDAY_10 - 40 * 24 * HOUR_MS });
  const head: TicketHead = {
    ...answered,
    category: { ...answered.category, value: 'bug' },
    certifiedAt: WEDNESDAY_10 - 40 * 24 * HOUR_MS,
  };
  expect(urgencyOf(head, standard, WEDNESDAY_10)).toMatchObject({
    clock: 'C4',
    band: 'at-risk',
    updateLate: true,
    promise: null,
  });
});

test('[U3] the order is total and transitive, and the same from any start', () => {
  const anyHead = fc
    .record({
      id: fc.integer({ min: 0, max: 10_000 }),
      minutes: fc.integer({ min: -5_000, max: 5_000 }),
      severity: fc.constantFrom(...severities),
    })
    .map((each) => dueIn(`t${each.id}`, each.minutes, each.severity));
  fc.assert(
    fc.property(
      fc.uniqueArray(anyHead, { selector: (head) => head.id, maxLength: 30 }),
      fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
      (heads, numbers) => {
        const shuffled = heads
          .map((head, index) => ({ head, key: numbers[index] ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map((each) => each.head);
        expect(order(shuffled)).toEqual(order(heads));
      },
    ),
  );
});
