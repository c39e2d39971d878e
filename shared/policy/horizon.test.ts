import { expect, test } from 'vitest';
import { convert, instant, reply, severity, story } from '../../test/helpers/story.ts';
import { policy, ticket } from '../../test/helpers/tickets.ts';
import { horizon } from './horizon.ts';
import { urgencyOf } from './urgency.ts';

const standard = policy();
const day = { fromAt: instant('2026-11-19 00:00'), untilAt: instant('2026-11-20 00:00') };

test('[C2] [C17] the dues of a day by time; equal ones show the lower number, each counts', () => {
  const medium = story('2026-11-18 10:00', { id: 'b', reference: 'VH-2' }).does(
    '2026-11-18 10:00',
    severity('medium'),
  );
  const low = story('2026-11-18 08:00', { id: 'a', reference: 'VH-1' });
  const { dues, counts } = horizon([medium.head(), low.head()], standard, day);
  expect(dues).toEqual([
    {
      ticketId: 'a',
      reference: 'VH-1',
      clock: 'C2',
      also: [],
      severity: 'low',
      dueAt: instant('2026-11-19 08:00'),
    },
    {
      ticketId: 'b',
      reference: 'VH-2',
      clock: 'C1',
      also: ['C2'],
      severity: 'medium',
      dueAt: instant('2026-11-19 10:00'),
    },
  ]);
  expect(counts.medium).toEqual({ C1: 1, C2: 1, C3: 0, C4: 0, C5: 0 });
  expect(counts.low).toMatchObject({ C1: 0, C2: 1 });
});

test('[C1] [P9] a due at the end of the stretch is in the next one, and what rests is in none', () => {
  const atMidnight = story('2026-11-18 00:00').head();
  expect(horizon([atMidnight], standard, day).dues.map((due) => due.clock)).toEqual(['C2']);
  const wish = story('2026-11-18 10:00').does('2026-11-18 11:00', convert);
  const done = story('2026-11-18 10:00').does('2026-11-18 11:00', { kind: 'resolve' });
  expect(horizon([wish.head(), done.head()], standard, day).dues).toEqual([]);
});

test('[U5] counts are of C1 and C2: another clock that binds, or is late, is none of them', () => {
  const late = story('2026-11-18 10:00').does('2026-11-18 11:00', reply).writes('2026-11-18 12:00');
  expect(urgencyOf(late.head(), standard, instant('2026-11-24 00:00'))).toMatchObject({
    band: 'overdue',
    clock: 'C3',
    promise: null,
  });
  expect(urgencyOf(ticket(), standard, instant('2026-11-19 10:00:00.001'))).toMatchObject({
    clock: 'C2',
    promise: 'overdue',
  });
});
