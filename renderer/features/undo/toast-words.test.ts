import { expect, test } from 'vitest';
import { command, ticket } from '../../../test/helpers/tickets.ts';
import type { Action, Command } from '../../../shared/tickets/command.ts';
import type { Done, UndoStep } from '../../store/undo.ts';
import { toastChangesAt, toastFor } from './toast-words.ts';

const named = (id: string) => (id === 'mara' ? 'Mara' : id);
const doneAt = (at: number, ...commands: Command[]): Done => ({
  ticketId: 'ticket-1',
  reference: 'VH-1',
  at,
  commands,
  before: ticket(),
});
const reply = command({ kind: 'reply', text: 'Hello' }, { notBefore: 6_000 });
const waiting: UndoStep[] = [{ kind: 'withdraw', command: reply }];
const stays: UndoStep[] = [{ kind: 'cannot', why: { kind: 'conflict' } }];

test('[S17] a reply counts down to when it goes out, by whole seconds of what is left', () => {
  const done = doneAt(1_000, reply);
  const seen: (number | null | undefined)[] = [];
  for (let now = 1_000; now <= 6_000; now = toastChangesAt(done, waiting, true, now)) {
    const toast = toastFor(done, waiting, true, now, named);
    expect(toast?.what).toBe('Reply goes out');
    seen.push(toast?.seconds);
  }
  expect(seen).toEqual([5, 4, 3, 2, 1, 0]);
  // Offered as long as it is here, even past its instant; and no longer once it has gone.
  expect(toastFor(done, waiting, true, 9_000, named)?.seconds).toBe(0);
  expect(toastFor(done, stays, true, 3_000, named)).toBeNull();
});

test('[S17] offline nothing counts down: it waits, and the offer goes away by itself', () => {
  const done = doneAt(1_000, reply);
  expect(toastFor(done, waiting, false, 1_000, named)).toEqual({
    what: 'Reply · waits here',
    seconds: null,
  });
  const changesAt = toastChangesAt(done, waiting, false, 1_000);
  expect(toastFor(done, waiting, false, changesAt - 1, named)).not.toBeNull();
  expect(toastFor(done, waiting, false, changesAt, named)).toBeNull();
  expect(toastChangesAt(done, waiting, false, changesAt)).toBe(Number.POSITIVE_INFINITY);
});

test('[S17] what can only be brought back is offered for a while, in the words of what was done', () => {
  const step: UndoStep = {
    kind: 'counter',
    undoes: 'x',
    change: { field: 'assignee', from: null, to: 'mara' },
    actions: [],
  };
  const words = (action: Action) =>
    toastFor(doneAt(0, command(action)), [step], true, 10, named)?.what;
  expect(words({ kind: 'assign', assignee: 'mara' })).toBe('Assigned to Mara');
  expect(words({ kind: 'set-severity', severity: 'high', reason: null })).toBe('Severity: High');
  expect(words({ kind: 'close', reason: 'spam', text: '' })).toBe('Closed: spam');
});
