import { expect, test } from 'vitest';
import { command } from '../../test/helpers/tickets.ts';
import { foldRecord } from './fold.ts';
import { emptyJournal } from './journal-state.ts';
import type { NewRecord } from './records.ts';
import { toldCommands } from './told-commands.ts';

function journal() {
  const state = emptyJournal();
  const add = (record: NewRecord): void => {
    foldRecord(state, { ...record, n: state.nextNumber, at: 1 });
  };
  add({
    kind: 'header',
    owner: { deskId: 'd', agentId: 'agent-1', consoleId: 'console-1' },
    lastSeq: 0,
  });
  return { state, add };
}
const note = (text: string) => command({ kind: 'note', text });

test('[S5] a page is told only of commands that are new to it or another state', () => {
  const { state, add } = journal();
  const [a, b] = [note('a'), note('b')];
  add({ kind: 'commands', commands: [a, b] });
  const told = toldCommands();
  expect(told.all(state).map((each) => each.command.id)).toEqual([a.id, b.id]);
  expect(told.changes(state)).toBeNull();
  const c = note('c');
  add({ kind: 'commands', commands: [c] });
  add({ kind: 'sent', commandId: a.id, after: null });
  expect(told.changes(state)).toMatchObject({
    changed: [
      { command: { id: a.id }, state: 'sent' },
      { command: { id: c.id }, state: 'queued' },
    ],
    removed: [],
  });
  expect(told.changes(state)).toBeNull();
});

test('[S4] [S17] what left pending or was withdrawn is told by its id, once', () => {
  const { state, add } = journal();
  const [a, b] = [note('a'), note('b')];
  add({ kind: 'commands', commands: [a, b] });
  const told = toldCommands();
  told.all(state);
  add({
    kind: 'outcome',
    commandId: a.id,
    outcome: { kind: 'applied', version: 1, acceptedAt: 1 },
  });
  add({ kind: 'settled', commandId: a.id });
  add({ kind: 'withdrawn', commandId: b.id });
  expect(told.changes(state)).toEqual({ changed: [], removed: [a.id, b.id] });
  expect(told.changes(state)).toBeNull();
});
