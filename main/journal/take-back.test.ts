import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Action } from '../../shared/tickets/command.ts';
import type { Outcome } from '../../shared/tickets/outcome.ts';
import { openJournalFile } from './journal-file.ts';
import { openJournal } from './journal.ts';
import type { Journal } from './journal.ts';
import { UNDO_MS } from '../../shared/tickets/not-before.ts';
import { shownCommands } from './pending.ts';

const owner = { deskId: 'desk-1', agentId: 'agent-1', consoleId: 'console-1' };
let directory: string;
let nowMs: number;
const opened: Journal[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'take-back-'));
  nowMs = 1_000_000;
});
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
  await rm(directory, { recursive: true, force: true });
});

async function open(): Promise<Journal> {
  const journal = await openJournal(owner, {
    file: openJournalFile(join(directory, 'journal')),
    time: { nowMs: () => nowMs },
    newCommandId: () => uuidv7(),
    isExpected: false,
  });
  if (!journal.ok) throw new Error(journal.error.message);
  opened.push(journal.value);
  return journal.value;
}

async function submit(journal: Journal, action: Action, ticketId = 't1'): Promise<string> {
  const saved = await journal.submit([
    { ticketId, baseVersion: 1, threadSeen: 1, undoes: null, action },
  ]);
  if (!saved.ok) throw new Error(saved.error.message);
  return saved.value[0]?.id ?? '';
}
const taken = async (journal: Journal) => {
  const push = await journal.takeForPush(256);
  if (!push.ok) throw new Error(push.error.message);
  return { ids: push.value.commands.map(({ id }) => id), nextAt: push.value.nextAt };
};
const note: Action = { kind: 'note', text: 'A note' };
const reply: Action = { kind: 'reply', text: 'Hello' };

test('[S17] what was not marked sent is withdrawn, durably; what was, is not', async () => {
  const journal = await open();
  const [a, b] = [await submit(journal, note), await submit(journal, note, 't2')];
  expect(await journal.withdraw(a)).toEqual({ ok: true, value: true });
  expect((await taken(journal)).ids).toEqual([b]);
  expect(await journal.withdraw(b)).toEqual({ ok: true, value: false });
  expect(await journal.withdraw(a)).toEqual({ ok: true, value: false });
  // Not closed: as after SIGKILL.
  const again = await open();
  expect(again.damage).toEqual([]);
  expect(shownCommands(again.state).map(({ command }) => command.id)).toEqual([b]);
  // Its number is not given again.
  const saved = await again.submit([
    { ticketId: 't1', baseVersion: 1, threadSeen: 1, undoes: null, action: note },
  ]);
  expect(saved.ok && saved.value[0]?.seq).toBe(3);
});

test.each([true, false])(
  '[S17] withdrawn and taken for the desk at once: one of the two wins (withdrawn first: %s)',
  async (withdrawFirst) => {
    const journal = await open();
    const id = await submit(journal, note);
    const calls = withdrawFirst
      ? [() => journal.withdraw(id), () => journal.takeForPush(9)]
      : [() => journal.takeForPush(9), () => journal.withdraw(id)];
    await Promise.all(calls.map((call) => call()));
    expect(journal.state.commands.get(id)?.sentAt ?? null).toBe(withdrawFirst ? null : nowMs);
    expect(journal.state.commands.has(id)).toBe(!withdrawFirst);
    expect((await open()).damage).toEqual([]);
  },
);

test('[S17] what speaks to the customer waits 5 s, and what follows on its ticket with it', async () => {
  const journal = await open();
  const spoken = [
    await submit(journal, reply, 't1'),
    await submit(journal, { kind: 'request-data', what: 'Logs', why: '', isPublic: true }, 't2'),
    await submit(journal, { kind: 'convert-to-feature', reason: 'r', message: 'm' }, 't3'),
  ];
  const after = await submit(journal, { kind: 'set-waiting' }, 't1');
  const free = await submit(journal, note, 't4');
  const quiet = await submit(
    journal,
    { kind: 'request-data', what: 'Logs', why: '', isPublic: false },
    't5',
  );
  expect(await taken(journal)).toEqual({ ids: [free, quiet], nextAt: nowMs + UNDO_MS });
  nowMs += UNDO_MS - 1;
  expect((await taken(journal)).ids).toEqual([free, quiet]);
  nowMs += 1;
  expect((await taken(journal)).ids.toSorted()).toEqual([...spoken, after, free, quiet].toSorted());
});

test('[S17] the program ends while one waits: it goes out at the next start', async () => {
  const first = await open();
  const id = await submit(first, reply);
  nowMs += 60_000;
  const again = await open();
  expect((await taken(again)).ids).toEqual([id]);
});

test('[S17] desk time is set back by an hour: nothing waits longer for that', async () => {
  const journal = await open();
  const id = await submit(journal, reply);
  nowMs -= 3_600_000;
  expect((await taken(journal)).ids).toEqual([id]);
});

test('[S14] of the outcomes on a lost ticket only the own words stay, over a restart and being written anew', async () => {
  const journal = await open();
  const severity = await submit(journal, { kind: 'set-severity', severity: 'low', reason: null });
  const refused = await submit(journal, note);
  const waiting = await submit(journal, note);
  const other = await submit(journal, note, 't2');
  await taken(journal);
  const superseded: Outcome = {
    kind: 'superseded',
    version: 7,
    acceptedAt: 5,
    field: 'severity',
    standing: 'critical',
    wanted: 'low',
    standingAgentId: 'bob',
    standingAt: 4,
  };
  const refusal = (message: string): Outcome => ({
    kind: 'refused',
    version: 8,
    acceptedAt: 5,
    refusal: { code: 'closed', message },
  });
  await journal.recordOutcomes([
    { commandId: severity, outcome: superseded },
    { commandId: refused, outcome: refusal('Bob closed it.') },
  ]);
  expect(await journal.strip((ticketId) => ticketId === 't1')).toEqual({ ok: true, value: true });
  expect(await journal.strip((ticketId) => ticketId === 't1')).toEqual({ ok: true, value: false });
  // One that was on its way is answered only now.
  await journal.recordOutcomes([
    { commandId: waiting, outcome: refusal('Bob may see it, not you.') },
  ]);
  const text = (of: Journal) => JSON.stringify(shownCommands(of.state));
  expect(text(journal)).not.toMatch(/[Bb]ob|critical/);
  expect(
    shownCommands(journal.state).map(({ command, ticketGone }) => [command.id, ticketGone]),
  ).toEqual([
    [severity, true],
    [refused, true],
    [waiting, true],
    [other, false],
  ]);
  const again = await open();
  expect(shownCommands(again.state)).toEqual(shownCommands(journal.state));
  expect(again.damage).toEqual([]);
  expect(await readFile(join(directory, 'journal'), 'utf8')).not.toMatch(/[Bb]ob|critical/);
});
