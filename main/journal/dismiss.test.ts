import { expect, test } from 'vitest';
import type { Action } from '../../shared/tickets/command.ts';
import type { Outcome } from '../../shared/tickets/outcome.ts';
import { uuid } from '../../test/helpers/tickets.ts';
import { dismiss } from './dismiss.ts';
import type { JournalFile } from './journal-file.ts';
import { openJournal } from './journal.ts';
import type { Journal } from './journal.ts';
import { shownCommands } from './pending.ts';

const nowhere: JournalFile = {
  read: async () => null,
  append: async () => undefined,
  replace: async () => undefined,
  cutTo: async () => undefined,
  cutBack: async () => undefined,
  copyAside: async () => '',
  close: async () => undefined,
};

async function journal(): Promise<Journal> {
  let made = 0;
  const opened = await openJournal(
    { deskId: 'd', agentId: 'ann', consoleId: 'c' },
    {
      file: nowhere,
      time: { nowMs: () => 1 },
      newCommandId: () => uuid((made += 1)),
      isExpected: false,
    },
  );
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

async function decided(of: Journal, ticketId: string, action: Action, outcome: Outcome) {
  const draft = { ticketId, baseVersion: 7, threadSeen: 6, undoes: null, action };
  const saved = await of.submit([draft]);
  const id = saved.ok ? (saved.value[0]?.id ?? '') : '';
  await of.recordOutcomes([{ commandId: id, outcome }]);
  return id;
}
const reply: Action = { kind: 'reply', text: 'Hello' };
const held: Outcome = { kind: 'held', version: 9, acceptedAt: 1, because: 'customer-message' };
const refused: Outcome = {
  kind: 'refused',
  version: 9,
  acceptedAt: 1,
  refusal: { code: 'closed', message: 'Closed.' },
};

test('[S3] [S14] a held one is dismissed with its whole group, by a decision that the desk takes', async () => {
  const kept = await journal();
  const first = await decided(kept, 't1', reply, held);
  const second = await decided(kept, 't1', { kind: 'resolve' }, { ...held, because: 'group' });
  const other = await decided(kept, 't2', reply, held);
  expect((await dismiss(kept, second)).ok).toBe(true);
  const decision = shownCommands(kept.state).at(-1)?.command;
  expect(decision).toMatchObject({
    ticketId: 't1',
    baseVersion: 7,
    action: {
      kind: 'decide',
      held: [
        { id: first, as: 'discarded' },
        { id: second, as: 'discarded' },
      ],
    },
  });
  // Pressed twice it is said once.
  expect((await dismiss(kept, first)).ok).toBe(true);
  expect(kept.state.commands.size).toBe(4);
  await kept.recordOutcomes([
    { commandId: decision?.id ?? '', outcome: { kind: 'applied', version: 10, acceptedAt: 1 } },
  ]);
  const conflicts = shownCommands(kept.state).filter(({ state }) => state === 'held');
  expect(conflicts.map(({ command }) => command.id)).toEqual([other]);
});

test('[S3] a refused one just goes; what is no conflict does not', async () => {
  const kept = await journal();
  const id = await decided(kept, 't1', reply, refused);
  const accepted = await decided(kept, 't1', reply, { kind: 'applied', version: 9, acceptedAt: 1 });
  expect((await dismiss(kept, id)).ok).toBe(true);
  expect((await dismiss(kept, accepted)).ok).toBe(false);
  expect((await dismiss(kept, uuid(99))).ok).toBe(false);
  expect(shownCommands(kept.state).map(({ command }) => command.id)).toEqual([accepted]);
});
