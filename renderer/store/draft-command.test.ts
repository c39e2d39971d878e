import { expect, test } from 'vitest';
import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { Entry, EntryBody } from '../../shared/tickets/entry.ts';
import {
  countConflicts,
  discard,
  draftCommand,
  heldGroups,
  sendAnyway,
  stillToJoin,
  threadSeen,
} from './draft-command.ts';

function entry(version: number, body: EntryBody): Entry {
  return {
    id: `e${version}/0`,
    ticketId: 'T1',
    version,
    author: { kind: 'customer', name: 'R. Haas' },
    commandId: null,
    acceptedAt: version,
    writtenAt: version,
    body,
  };
}

function journalled(
  seq: number,
  state: JournalledCommand['state'],
  action: Action,
  ticketId = 'T1',
): JournalledCommand {
  return {
    state,
    outcome: null,
    ticketGone: false,
    command: {
      id: `00000000-0000-7000-8000-00000000000${seq}`,
      agentId: 'me',
      consoleId: 'c1',
      seq,
      after: null,
      ticketId,
      baseVersion: 1,
      threadSeen: 1,
      writtenAt: 1,
      notBefore: null,
      undoes: null,
      afterRestore: false,
      action,
    },
  };
}

const reply: Action = { kind: 'reply', text: 'Hello' };
const resolve: Action = { kind: 'resolve' };

test('S3: what was seen is the newest message on screen; notes do not count', () => {
  const entries = [
    entry(3, { kind: 'message', text: 'a' }),
    entry(7, { kind: 'message', text: 'b' }),
    entry(9, { kind: 'note', text: 'c' }),
  ];
  expect(threadSeen(entries)).toBe(7);
});

test('S3: with no entries on screen nothing was seen, so the desk holds what speaks to the customer', () => {
  expect(draftCommand({ id: 'T1', version: 12 }, threadSeen([]), reply)).toEqual({
    ticketId: 'T1',
    baseVersion: 12,
    threadSeen: 0,
    undoes: null,
    action: reply,
  });
});

test('S3: held commands are one group for each ticket, in journal order', () => {
  const commands = [
    journalled(1, 'held', reply),
    journalled(2, 'queued', resolve),
    journalled(3, 'held', resolve),
    journalled(4, 'held', reply, 'T2'),
  ];
  const groups = heldGroups(commands);
  expect(groups.get('T1')?.map((command) => command.seq)).toEqual([1, 3]);
  expect(groups.get('T2')?.map((command) => command.seq)).toEqual([4]);
  expect(countConflicts([...commands, journalled(5, 'refused', reply)])).toBe(3);
});

test('S3: one decision names the whole group, and the same actions follow it', () => {
  const group = [journalled(1, 'held', reply), journalled(3, 'held', resolve)].map(
    (each) => each.command,
  );
  const [decision, ...again] = sendAnyway(group);
  expect(decision).toEqual({
    kind: 'decide',
    held: group.map(({ id }) => ({ id, as: 'replaced' })),
  });
  expect(again).toEqual([reply, resolve]);
  expect(discard(group)).toEqual([
    { kind: 'decide', held: group.map(({ id }) => ({ id, as: 'discarded' })) },
  ]);
});

test('S3: a group that a decision speaks of is no longer to be decided; a refused decision brings it back', () => {
  const held = journalled(1, 'held', reply);
  const [decision] = discard([held.command]);
  if (decision === undefined) throw new Error('no decision');
  expect(heldGroups([held, journalled(2, 'queued', decision)]).size).toBe(0);
  expect(heldGroups([held, journalled(2, 'refused', decision)]).size).toBe(1);
});

test('S3: what may still join a held group is what speaks to the customer and has no outcome yet', () => {
  const commands = [
    journalled(1, 'held', reply),
    journalled(2, 'queued', reply),
    journalled(3, 'sent', resolve),
    journalled(4, 'queued', { kind: 'note', text: 'For us' }),
    journalled(5, 'accepted', reply),
    journalled(6, 'queued', reply, 'T2'),
  ];
  expect(stillToJoin(commands, 'T1')).toBe(2);
  expect(stillToJoin(commands.slice(0, 1), 'T1')).toBe(0);
});
