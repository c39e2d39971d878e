import { expect, test } from 'vitest';
import { HOUR_MS } from '../../shared/base/time.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import { policyVersion, ticket, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { watchTicket } from './watched-ticket.ts';

const now = WEDNESDAY_10 + 2 * HOUR_MS;
const old = compilePolicy(policyVersion());
const targetHours = { critical: 2, high: 12, medium: 24, low: 30 };
const shorter = compilePolicy({ ...policyVersion({ targetHours }), rules: 2, rulesAt: now });

const setAtOf = (watched: ReturnType<typeof watchTicket>) =>
  Object.fromEntries(watched.clocks.map(({ id, setAt }) => [id, setAt]));

test('[A1] a due that other rules moved is set since they came into force, and no other', () => {
  const before = watchTicket(ticket(), old, now);
  expect(setAtOf(before)).toEqual({ C1: WEDNESDAY_10, C2: WEDNESDAY_10 });
  const after = watchTicket(ticket(), shorter, now, before);
  expect(setAtOf(after)).toEqual({ C1: now, C2: WEDNESDAY_10 });
  expect(setAtOf(watchTicket(ticket(), shorter, now, after))).toEqual(setAtOf(after));
});
