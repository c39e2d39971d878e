import { expect, test } from 'vitest';
import { command, ticket } from '../../test/helpers/tickets.ts';
import { viewTicket } from './view.ts';

const pending = (...commands: ReturnType<typeof command>[]) =>
  commands.map((each) => ({ command: each, agentName: 'Mira Okonjo', role: 'agent' as const }));

test('[S4] pending commands are applied in order over the row', () => {
  const note = command({ kind: 'note', text: 'first' }, { seq: 1 });
  const assign = command({ kind: 'assign', assignee: 'agent-1' }, { seq: 2 });
  const view = viewTicket({ head: ticket(), decidedSeq: 0 }, pending(note, assign));
  expect(view.shown.assignee.value).toBe('agent-1');
  expect(view.accepted.assignee.value).toBeNull();
  expect(view.pendingEntries.map((entry) => entry.commandId)).toEqual([note.id, assign.id]);
});

test('[S4] what the row already contains is not applied again', () => {
  const note = command({ kind: 'note', text: 'first' }, { seq: 1 });
  const view = viewTicket({ head: ticket(), decidedSeq: 1 }, pending(note));
  expect(view.pending).toEqual([]);
  expect(view.pendingEntries).toEqual([]);
});

test('[S4] a pending command that no longer applies is skipped and named, the rest goes on', () => {
  const bug = command({ kind: 'set-category', category: 'bug', reason: null }, { seq: 1 });
  const note = command({ kind: 'note', text: 'after' }, { seq: 2 });
  const view = viewTicket({ head: ticket(), decidedSeq: 0 }, pending(bug, note));
  expect(view.doubtful).toEqual([bug.id]);
  expect(view.shown.category.value).toBe('uncategorised');
  expect(view.pendingEntries).toHaveLength(1);
});
