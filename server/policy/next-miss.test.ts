import { expect, test } from 'vitest';
import { HOUR_MS } from '../../shared/base/time.ts';
import { settle, settled } from '../../shared/policy/settle.ts';
import { policy, ticket, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { nextMissAt } from './next-miss.ts';

test('[C11] it is the first instant at which settle finds a miss', () => {
  const head = ticket();
  const at = nextMissAt(head, policy());
  // C2, 24 business hours, comes before C1 of a Low.
  expect(at).toBe(WEDNESDAY_10 + 24 * HOUR_MS + 1);
  expect(settle(head, policy(), (at ?? 0) - 1)).toEqual([]);
  expect(settle(head, policy(), at ?? 0).map((miss) => miss.clock)).toEqual(['C2']);
});

test('[C11] a miss that is recorded does not come again', () => {
  const missed = settled(ticket(), policy(), WEDNESDAY_10 + 30 * HOUR_MS);
  expect(nextMissAt(missed, policy())).toBe(WEDNESDAY_10 + 48 * HOUR_MS + 1);
  expect(nextMissAt(settled(missed, policy(), WEDNESDAY_10 * 2), policy())).toBeNull();
});
