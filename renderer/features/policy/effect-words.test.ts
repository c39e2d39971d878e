import { expect, test } from 'vitest';
import { HOUR_MS } from '../../../shared/base/time.ts';
import type { PolicyEffect } from '../../../shared/protocol/policy-edit.ts';
import { clockCounts, clockMoves, effectHeadline, moveWords } from './effect-words.ts';

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
});

test('C14: what happens to a clock, and by how much', () => {
  expect(clockCounts(none)).toBeNull();
  expect(clockMoves(none)).toBeNull();
  const some = { ...none, earlier: 8, later: 2, begins: 1, ends: 3 };
  expect(clockCounts(some)).toBe('8 earlier, 2 later, 1 begins, 3 end');
  expect(clockMoves({ ...some, medianMoveMs: 4 * HOUR_MS, largestMoveMs: 50 * HOUR_MS })).toBe(
    'typically by 4 h, at most 50 h',
  );
  expect(clockMoves({ ...none, later: 1, medianMoveMs: HOUR_MS, largestMoveMs: HOUR_MS })).toBe(
    'by 1 h',
  );
});

test('C14: one ticket’s move', () => {
  const when = (at: number): string => `${at / HOUR_MS}:00`;
  const at = (hour: number): number => hour * HOUR_MS;
  expect(moveWords({ fromAt: at(12), toAt: at(8) }, when)).toBe('12:00 → 8:00, 4 h earlier');
  expect(moveWords({ fromAt: at(8), toAt: at(9) }, when)).toBe('8:00 → 9:00, 1 h later');
  expect(moveWords({ fromAt: null, toAt: at(9) }, when)).toBe('begins, due 9:00');
  expect(moveWords({ fromAt: at(8), toAt: null }, when)).toBe('ends; was due 8:00');
});
