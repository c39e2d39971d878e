import { expect, test } from 'vitest';
import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import { command } from '../../test/helpers/tickets.ts';
import { mergeCommands } from './merge-commands.ts';

const journalled = (seq: number, state: JournalledCommand['state']): JournalledCommand => ({
  command: { ...command({ kind: 'note', text: 'x' }), id: `c${seq}`, seq },
  state,
  outcome: null,
  ticketGone: false,
});

test('[S4] changed ones take their place, new ones theirs, removed ones go', () => {
  const known = [journalled(1, 'queued'), journalled(3, 'queued'), journalled(4, 'queued')];
  const merged = mergeCommands(known, {
    changed: [journalled(2, 'held'), journalled(3, 'sent'), journalled(5, 'queued')],
    removed: ['c1'],
  });
  expect(merged.map((each) => [each.command.seq, each.state])).toEqual([
    [2, 'held'],
    [3, 'sent'],
    [4, 'queued'],
    [5, 'queued'],
  ]);
});
