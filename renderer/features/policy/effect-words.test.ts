import { expect, test } from 'vitest';
import { HOUR_MS } from '../../../shared/base/time.ts';
import type { PolicyEffect } from '../../../shared/protocol/policy-edit.ts';
import {
  beforeAfter,
  clockCounts,
  clockMoves,
  effectHeadline,
  effectSummary,
  moveWords,
} from './effect-words.ts';

const none = {
  clock: 'C1' as const,
  earlier: 0,
  later: 0,
  begins: 0,
  ends: 0,
  medianMoveMs: 0,
  largestMoveMs: 0,
};

function effect(change: Partial<PolicyEffect>): PolicyEffect {
  return {
    at: 0,
    openTickets: 40,
    changedTickets: 3,
    byClock: [],
    overdueBefore: 0,
    overdueAfter: 0,
    atRiskBefore: 0,
    atRiskAfter: 0,
    examples: [],
    ...change,
  };
}

test('C14: how many open tickets change, in a sentence', () => {
  expect(effectHeadline(effect({}))).toBe('3 of 40 open tickets change.');
  expect(effectHeadline(effect({ changedTickets: 1 }))).toBe('1 of 40 open tickets changes.');
  expect(effectHeadline(effect({ changedTickets: 0 }))).toBe(
    'None of the 40 open tickets changes.',
  );
  expect(effectHeadline(effect({ openTickets: 0, changedTickets: 0 }))).toMatch(/no open ticket/);
  expect(effectSummary(effect({}))).toBe(effectHeadline(effect({})));
  expect(effectSummary(effect({ overdueBefore: 4, overdueAfter: 6 }))).toBe(
    '3 of 40 open tickets change. 2 more are overdue then.',
  );
  expect([beforeAfter(7, 7), beforeAfter(4, 32), beforeAfter(3, 2)]).toEqual([
    '7, as before',
    '4 → 32, 28 more',
    '3 → 2, 1 fewer',
  ]);
});

test('C14: what happens to a clock, and by how much', () => {
  expect(clockCounts(none)).toBeNull();
  expect(clockMoves(none)).toBeNull();
  const some = { ...none, earlier: 8, later: 2, begins: 1, ends: 3 };
  expect(clockCounts(some)).toBe('8 earlier, 2 later, 1 begins, 3 end');
  expect(clockMoves({ ...some, medianMoveMs: 4 * HOUR_MS, largestMoveMs: 50 * HOUR_MS })).toBe(
    'typically by 4 h, at most 2 d 2 h',
  );
  expect(clockMoves({ ...none, later: 1, medianMoveMs: HOUR_MS, largestMoveMs: HOUR_MS })).toBe(
    'by 1 h',
  );
});

test('C14: one ticket’s move', () => {
  const when = (at: number): string => `${String(at / HOUR_MS).padStart(2, '0')}:00`;
  const at = (hour: number): number => hour * HOUR_MS;
  expect(moveWords({ fromAt: at(12), toAt: at(8) }, when)).toBe(
    'today 12:00 → today 08:00, 4 h earlier',
  );
  expect(moveWords({ fromAt: at(8), toAt: at(9) }, when)).toBe(
    'today 08:00 → today 09:00, 1 h later',
  );
  expect(moveWords({ fromAt: null, toAt: at(9) }, when)).toBe('begins, due today 09:00');
  expect(moveWords({ fromAt: at(8), toAt: null }, when)).toBe('ends; was due today 08:00');
  expect(moveWords({ fromAt: at(8), toAt: null }, () => 'Wed 08:00')).toBe(
    'ends; was due Wed 08:00',
  );
});
