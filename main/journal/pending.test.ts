import { expect, test } from 'vitest';
import { command } from '../../test/helpers/tickets.ts';
import type { Command } from '../../shared/tickets/command.ts';
import { foldRecord } from './fold.ts';
import { emptyJournal } from './journal-state.ts';
import type { JournalState } from './journal-state.ts';
import { MAX_PUSH_BYTES, selectForPush } from './pending.ts';
import type { NewRecord } from './records.ts';

function fold(records: readonly NewRecord[]): JournalState {
  const state = emptyJournal();
  records.forEach((record, n) => {
    foldRecord(state, { ...record, n, at: 0 });
  });
  return state;
}

const owner = { deskId: 'd1', agentId: 'agent-1', consoleId: 'console-1' };
const header: NewRecord = { kind: 'header', owner, lastSeq: 0 };
const note = (ticketId: string, text = 'seen'): Command =>
  command({ kind: 'note', text }, { ticketId });
const saved = (commands: Command[]): NewRecord => ({ kind: 'commands', commands });
const sent = (of: Command, after: string | null = null): NewRecord => ({
  kind: 'sent',
  commandId: of.id,
  after,
});

test('one push stops at about 4 MB, and takes at least one', () => {
  const large = 'x'.repeat(MAX_PUSH_BYTES / 2 - 1_000);
  const three = ['t1', 't2', 't3'].map((ticketId) => note(ticketId, large));
  const chosen = selectForPush(fold([header, saved(three)]), 0, 256);
  expect(chosen.commands.map((each) => each.ticketId)).toEqual(['t1', 't2']);
  expect(chosen.more).toBe(true);
  const giant = note('t1', 'x'.repeat(MAX_PUSH_BYTES));
  const alone = selectForPush(fold([header, saved([giant, note('t2')])]), 0, 256);
  expect(alone.commands).toEqual([giant]);
  expect(alone.more).toBe(true);
  expect(selectForPush(fold([header, saved([giant])]), 0, 256).more).toBe(false);
});

test('records of one command and of several are both read', () => {
  const [a, b, c] = [note('t1'), note('t2'), note('t3')];
  const state = fold([header, { kind: 'command', command: a }, saved([b, c])]);
  expect([...state.commands.keys()]).toEqual([a.id, b.id, c.id]);
  expect(state.lastSeq).toBe(c.seq);
});

test('a lost record may have held many commands: none of their `seq` is given again', () => {
  const state = emptyJournal();
  foldRecord(state, { ...header, n: 0, at: 0 });
  foldRecord(state, { kind: 'settled', commandId: note('t1').id, n: 3, at: 0 });
  expect(state.lastSeq).toBe(2_000);
});

test('[S2] nothing comes after what the desk has no ledger row of', () => {
  const [a, unreadable, waiting, next] = [note('t1'), note('t1'), note('t1'), note('t1')];
  const records: NewRecord[] = [
    header,
    saved([a, unreadable, waiting]),
    sent(a),
    sent(unreadable, a.id),
    sent(waiting, unreadable.id),
    {
      kind: 'outcome',
      commandId: unreadable.id,
      noLedgerRow: true,
      outcome: {
        kind: 'refused',
        version: 3,
        acceptedAt: 1,
        refusal: { code: 'bad-command', message: 'The desk could not read it.' },
      },
    },
    saved([next]),
  ];
  const afters = (state: JournalState): unknown =>
    selectForPush(state, 0, 256).commands.map((each) => [each.id, each.after]);
  const state = fold(records);
  expect(afters(state)).toEqual([
    [a.id, null],
    [waiting.id, a.id],
    [next.id, waiting.id],
  ]);
  // Also where it was the last one marked sent.
  const [, , sentFirst, sentUnreadable, , refused] = records;
  const atEnd = [header, saved([a, unreadable]), sentFirst, sentUnreadable, refused, saved([next])];
  expect(afters(fold(atEnd.filter((record) => record !== undefined)))).toEqual([
    [a.id, null],
    [next.id, a.id],
  ]);
  // One whose record is lost is passed over in the same way.
  state.commands.delete(a.id);
  state.commands.delete(unreadable.id);
  expect(afters(state)).toEqual([
    [waiting.id, null],
    [next.id, waiting.id],
  ]);
});
