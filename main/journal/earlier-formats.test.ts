import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { journalFormat1 } from '../../test/fixtures/journal-format-1.ts';
import { openJournalFile } from './journal-file.ts';
import { openJournal } from './journal.ts';
import type { Journal } from './journal.ts';
import { selectForPush, shownCommands } from './pending.ts';
import { JOURNAL_FORMAT, scanJournal } from './record-format.ts';

/** Journals as every released version of this program wrote them (S5). */

const owner = { deskId: 'desk-1', agentId: 'agent-1', consoleId: 'console-1' };
const nowMs = Date.UTC(2026, 10, 21);
let directory: string;
const opened: Journal[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'journal-formats-'));
});
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
  await rm(directory, { recursive: true, force: true });
});

const path = (): string => join(directory, 'journal');

async function open(): Promise<Journal> {
  const journal = await openJournal(owner, {
    file: openJournalFile(path()),
    time: { nowMs: () => nowMs },
    newCommandId: () => '01900000-0000-7000-8000-0000000000ff',
    isExpected: true,
  });
  if (!journal.ok) throw new Error(journal.error.message);
  opened.push(journal.value);
  return journal.value;
}

const shown = (journal: Journal) =>
  shownCommands(journal.state).map(({ command, state }) => [
    command.seq,
    command.ticketId,
    command.action.kind,
    state,
  ]);

const ofFormat1 = [
  [2, 't1', 'set-severity', 'superseded'],
  [3, 't2', 'reply', 'held'],
  [5, 't4', 'assign', 'sent'],
  [6, 't2', 'decide', 'queued'],
  [7, 't1', 'request-data', 'queued'],
];

test('[S5] a journal of format 1 is read whole: every command, in order, with what became of it', async () => {
  await writeFile(path(), journalFormat1);
  const journal = await open();
  expect(journal.damage).toEqual([]);
  expect(shown(journal)).toEqual(ofFormat1);
  const settled = [...journal.state.commands.values()].filter(({ left }) => left === 'settled');
  expect(settled.map(({ command }) => command.action)).toEqual([
    { kind: 'note', text: 'Grüße aus Köln' },
  ]);
  expect(journal.state.lastSeq).toBe(7);
  // What the fields say that were not there then.
  for (const { command } of journal.state.commands.values())
    expect(command).toMatchObject({ undoes: null, afterRestore: false });
  // The same goes out as the version of then would have sent, after the same.
  expect(
    selectForPush(journal.state, nowMs, 256).commands.map(({ seq, after }) => [seq, after]),
  ).toEqual([
    [5, null],
    [6, '01900000-0000-7000-8000-000000000003'],
    [7, '01900000-0000-7000-8000-000000000002'],
  ]);
});

test('[S5] it is written anew before anything is added, so that no version takes new records for damage', async () => {
  await writeFile(path(), journalFormat1);
  const first = await open();
  const bytes = await readFile(path());
  expect(scanJournal(bytes).header).toBe('good');
  expect(bytes.readUInt32BE(8)).toBe(JOURNAL_FORMAT);
  expect(await readdir(directory)).toEqual(['journal']);
  await first.strip((ticketId) => ticketId === 't1');
  const again = await open();
  expect(again.damage).toEqual([]);
  expect(shown(again)).toEqual(ofFormat1);
  expect(again.state.lastSeq).toBe(7);
});

test('[S5] torn or damaged it is read as far as it goes, and told', async () => {
  await writeFile(path(), journalFormat1.subarray(0, journalFormat1.byteLength - 3));
  const torn = await open();
  expect(torn.damage).toEqual([]);
  // The mark "sent" of the assignment was torn: it is sent again.
  expect(shown(torn)).toEqual(
    ofFormat1.map(([seq, ...rest]) => (seq === 5 ? [5, 't4', 'assign', 'queued'] : [seq, ...rest])),
  );
  const damaged = Buffer.from(journalFormat1);
  damaged[journalFormat1.indexOf('We are on it')] = 0x58;
  await writeFile(path(), damaged);
  const journal = await open();
  expect(journal.damage.join('\n')).toMatch(/damaged[\s\S]*kept as/);
  expect(shown(journal)).toEqual(ofFormat1.filter(([seq]) => seq !== 3));
});
