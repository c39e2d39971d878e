import { expect, test } from 'vitest';
import { command } from '../../test/helpers/tickets.ts';
import { emptyJournal } from './journal-state.ts';
import { UNDO_MS } from '../../shared/tickets/not-before.ts';
import { takeBack } from './take-back.ts';

const reply = command({ kind: 'reply', text: 'Hello' }, { notBefore: 1_000_000 + UNDO_MS });

test('[S17] a reply goes after 5 s also while desk time stands still, as after its clock was set back', () => {
  let steadyMs = 70;
  const waits = takeBack(emptyJournal(), { nowMs: () => 1_000_000 }, () => steadyMs);
  expect(waits(reply)).toBe(UNDO_MS);
  steadyMs += 3_000;
  expect(waits(reply)).toBe(UNDO_MS - 3_000);
  steadyMs += 2_000;
  expect(waits(reply)).toBe(0);
});

test('[S17] one from an earlier run waits for what is left, and never longer than was promised', () => {
  const state = emptyJournal();
  const kept = { sentAt: null, outcome: null, left: null, noLedgerRow: false, gone: false };
  state.commands.set(reply.id, { command: reply, ...kept });
  const left = takeBack(state, { nowMs: () => 1_001_000 }, () => 0);
  expect(left(reply)).toBe(UNDO_MS - 1_000);
  const setBack = takeBack(state, { nowMs: () => 5_000 }, () => 0);
  expect(setBack(reply)).toBe(0);
});

test('[S17] what does not speak to the customer goes at once', () => {
  const note = command({ kind: 'note', text: 'Hm' });
  expect(takeBack(emptyJournal(), { nowMs: () => 0 }, () => 0)(note)).toBe(0);
});
