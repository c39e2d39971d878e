import { expect, test } from 'vitest';
import type { Action, Command } from '../../shared/tickets/command.ts';
import type { Outcome } from '../../shared/tickets/outcome.ts';
import { command } from '../../test/helpers/tickets.ts';
import { KEEP_ACCEPTED_MS, foldRecord, isDone, liveRecords } from './fold.ts';
import { emptyJournal } from './journal-state.ts';
import type { JournalState } from './journal-state.ts';
import { countCommands, selectForPush, shownCommands } from './pending.ts';
import type { NewRecord } from './records.ts';

const BACKUP = 50;

function journal() {
  const state = emptyJournal();
  const add = (record: NewRecord): void => {
    foldRecord(state, { ...record, n: state.nextNumber, at: 1 });
  };
  const owner = { deskId: 'd1', agentId: 'agent-1', consoleId: 'console-1' };
  add({ kind: 'header', owner, lastSeq: 0 });
  const write = (action: Action, change: Partial<Command> = {}): string => {
    const made = command(action, { ...change, after: null });
    add({ kind: 'commands', commands: [made] });
    return made.id;
  };
  const send = (...ids: string[]): void => {
    for (const commandId of ids) {
      const ticketId = state.commands.get(commandId)?.command.ticketId ?? '';
      add({ kind: 'sent', commandId, after: state.lastSent.get(ticketId) ?? null });
    }
  };
  const decided = (commandId: string, outcome: Outcome): void => {
    add({ kind: 'outcome', commandId, outcome });
  };
  return { state, add, write, send, decided };
}

const note = (text: string): Action => ({ kind: 'note', text });
const applied = (version: number): Outcome => ({ kind: 'applied', version, acceptedAt: 1 });
const held = (version: number): Outcome => ({
  kind: 'held',
  version,
  acceptedAt: 1,
  because: 'customer-message',
});
const superseded = (version: number): Outcome => ({
  kind: 'superseded',
  version,
  acceptedAt: 1,
  field: 'severity',
  standing: 'high',
  wanted: 'low',
  standingAgentId: 'agent-2',
  standingAt: 1,
});
const pushed = (state: JournalState) => selectForPush(state, 1e12, 256).commands;
const restored: NewRecord = { kind: 'restored', epoch: 'e2', version: BACKUP };

test('[S7] what was sent is sent again and says so; what never left is only clamped', () => {
  const { state, add, write, send, decided } = journal();
  const settled = write(note('settled'), { baseVersion: 60, threadSeen: 55 });
  const unanswered = write(note('unanswered'), { baseVersion: 40, threadSeen: 30 });
  const unsent = write(note('unsent'), { baseVersion: 70, threadSeen: 70 });
  send(settled, unanswered);
  decided(settled, applied(61));
  add({ kind: 'settled', commandId: settled });
  add(restored);
  expect(pushed(state)).toMatchObject([
    { id: settled, afterRestore: true, baseVersion: BACKUP, threadSeen: BACKUP, after: null },
    { id: unanswered, afterRestore: true, baseVersion: 40, threadSeen: 30, after: settled },
    { id: unsent, afterRestore: false, baseVersion: BACKUP, threadSeen: BACKUP, after: unanswered },
  ]);
  expect(countCommands(state)).toEqual({ waiting: 3, conflicts: 0 });
  expect(state.epoch).toBe('e2');
});

test('[S7] superseded and refused stay in the conflicts view, and nothing comes after them at the desk', () => {
  const { state, add, write, send, decided } = journal();
  const lost = write({ kind: 'set-severity', severity: 'low', reason: null });
  const after = write(note('after it'));
  send(lost, after);
  decided(lost, superseded(60));
  decided(after, applied(61));
  add(restored);
  expect(shownCommands(state).map((each) => each.state)).toEqual(['superseded', 'sent']);
  expect(pushed(state)).toMatchObject([{ id: after, after: null }]);
});

test('[S7] dismissed ones stay dismissed, and nothing comes after them at the desk', () => {
  const { state, add, write, send, decided } = journal();
  const gone = write({ kind: 'set-severity', severity: 'low', reason: null });
  const after = write(note('after it'));
  send(gone, after);
  decided(gone, superseded(60));
  add({ kind: 'dismissed', commandId: gone });
  decided(after, applied(61));
  add(restored);
  expect(pushed(state)).toMatchObject([{ id: after, after: null }]);
});

test('[S7] a held one is sent again', () => {
  const { state, add, write, send, decided } = journal();
  const reply = write({ kind: 'reply', text: 'Hello' });
  send(reply);
  decided(reply, held(60));
  add(restored);
  expect(pushed(state)).toMatchObject([{ id: reply, afterRestore: true }]);
});

test.each([true, false])(
  '[S7] a decision on a group that the desk lost is not sent again, nor the group (decided: %s)',
  (isDecided) => {
    const { state, add, write, send, decided } = journal();
    const reply = write({ kind: 'reply', text: 'Old words' });
    send(reply);
    decided(reply, held(60));
    const decide = write({ kind: 'decide', held: [{ id: reply, as: 'replaced' }] });
    const instead = write({ kind: 'reply', text: 'New words' });
    if (isDecided) {
      send(decide, instead);
      decided(decide, applied(61));
      decided(instead, applied(62));
    }
    add(restored);
    expect(pushed(state)).toMatchObject([{ id: instead, after: null }]);
    expect(countCommands(state)).toEqual({ waiting: 1, conflicts: 0 });
  },
);

test('[S7] a decision on a group that lies within the backup is sent again', () => {
  const { state, add, write, send, decided } = journal();
  const reply = write({ kind: 'reply', text: 'Old words' });
  send(reply);
  decided(reply, held(40));
  const decide = write({ kind: 'decide', held: [{ id: reply, as: 'discarded' }] });
  send(decide);
  decided(decide, applied(61));
  add({ kind: 'settled', commandId: decide });
  add(restored);
  expect(pushed(state).map(({ id }) => id)).toEqual([decide]);
});

test('[S7] of a group that the backup holds in part, that part is decided on anew', () => {
  const { state, add, write, send, decided } = journal();
  const [first, second] = [
    write({ kind: 'reply', text: 'First' }),
    write({ kind: 'reply', text: 'Second' }),
  ];
  send(first, second);
  decided(first, held(40));
  decided(second, { ...held(60), kind: 'held', because: 'group' });
  const ids = [first, second].map((id) => ({ id, as: 'discarded' as const }));
  const decide = write({ kind: 'decide', held: ids });
  send(decide);
  decided(decide, applied(61));
  add(restored);
  expect(pushed(state).map(({ id }) => id)).toEqual([first]);
  decided(first, held(40));
  expect(shownCommands(state).map((each) => [each.command.id, each.state])).toEqual([
    [first, 'held'],
  ]);
});

test('[S7] [S5] it survives being written anew, and saying yes twice changes nothing', () => {
  const { state, add, write, send, decided } = journal();
  const [a, b] = [write(note('a'), { baseVersion: 60 }), write(note('b'))];
  send(a, b);
  decided(a, applied(61));
  add(restored);
  const again = emptyJournal();
  for (const record of liveRecords(state, 1))
    foldRecord(again, { ...record, n: again.nextNumber, at: 1 });
  expect(pushed(again)).toEqual(pushed(state));
  const before = pushed(state);
  add(restored);
  expect(pushed(state)).toEqual(before);
});

test('[S5] accepted ones are kept until a backup holds them, or 30 days; a held one as long as its decision', () => {
  const { state, add, write, send, decided } = journal();
  const [a, reply] = [write(note('a')), write({ kind: 'reply', text: 'Held' })];
  send(a, reply);
  decided(a, applied(61));
  decided(reply, held(62));
  add({ kind: 'settled', commandId: a });
  add({ kind: 'dismissed', commandId: reply });
  const done = (nowMs: number) =>
    [a, reply].map((id) => {
      const kept = state.commands.get(id);
      return kept !== undefined && isDone(kept, nowMs, state.safe);
    });
  const cursor = (version: number) => ({ epoch: 'e1', version, mark: '0000000000000000' });
  expect(done(2)).toEqual([false, false]);
  expect(done(KEEP_ACCEPTED_MS + 2)).toEqual([true, true]);
  add({ kind: 'safe', cursor: cursor(61) });
  expect(done(2)).toEqual([true, false]);
  add({ kind: 'safe', cursor: cursor(62) });
  expect(done(2)).toEqual([true, true]);
  // Backups of the desk's last life say nothing of this one.
  add(restored);
  expect(state.safe).toBeNull();
});
