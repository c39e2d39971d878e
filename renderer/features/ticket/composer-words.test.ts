import { expect, test } from 'vitest';
import type { JournalledCommand } from '../../../shared/bridge/journal-view.ts';
import type { Action } from '../../../shared/tickets/command.ts';
import { followSaved } from './composer-words.ts';
import type { Saved } from './composer-words.ts';

const id = '00000000-0000-7000-8000-000000000001';

function journalled(
  state: JournalledCommand['state'],
  commandId = id,
  action: Action = { kind: 'reply', text: 'Hello' },
): JournalledCommand {
  return {
    state,
    outcome: null,
    ticketGone: false,
    command: {
      id: commandId,
      agentId: 'me',
      consoleId: 'c1',
      seq: 1,
      after: null,
      ticketId: 'T1',
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

const saved: Saved = { commandId: id, words: 'Reply saved at 22:12', astray: false };

test('S3: the words under the composer follow a reply that is held, until it is decided', () => {
  expect(followSaved(saved, [])).toBe(saved);
  expect(followSaved(saved, [journalled('queued')])).toBe(saved);
  expect(followSaved(saved, [journalled('accepted')])).toBe(saved);
  const held = followSaved(saved, [journalled('held')]);
  expect(held).toMatchObject({ words: 'Held: see Conflicts', astray: true });
  if (held === null) throw new Error('no words');
  expect(followSaved(held, [journalled('held')])).toBe(held);
  const decision: Action = { kind: 'decide', held: [{ id, as: 'discarded' }] };
  const decided = journalled('queued', '00000000-0000-7000-8000-000000000002', decision);
  expect(followSaved(held, [journalled('held'), decided])).toBeNull();
  expect(followSaved(held, [])).toBeNull();
});

test('what the desk refused is not called saved and done', () => {
  expect(followSaved(saved, [journalled('refused')])).toMatchObject({
    words: 'Not taken by the desk: see Conflicts',
  });
});
