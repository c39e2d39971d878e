import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Action, Command } from '../../shared/tickets/command.ts';
import { openDrafts } from './draft-store.ts';
import { draftFileName } from './draft-format.ts';

let directory: string;
let nowMs: number;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drafts-'));
  nowMs = 1_000;
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const open = (commands: readonly Command[] = []) =>
  openDrafts(directory, { time: { nowMs: () => nowMs }, commands });
const reply = (text: string, ticketId = 't-1') =>
  ({ ticketId, mode: 'reply', text, takenBack: null }) as const;
const texts = (store: Awaited<ReturnType<typeof open>>) => store.all().map(({ text }) => text);

const ID = '0190b5a0-0000-7000-8000-000000000001';
function command(action: Action, given: Partial<Command> = {}): Command {
  return {
    id: ID,
    agentId: 'ann',
    consoleId: 'c-1',
    seq: 1,
    after: null,
    ticketId: 't-1',
    baseVersion: 1,
    threadSeen: 1,
    writtenAt: 2_000,
    notBefore: null,
    undoes: null,
    afterRestore: false,
    action,
    ...given,
  };
}

test('[S17] one draft for each ticket and mode, there again at the next start', async () => {
  const first = await open();
  await first.save(reply('One'));
  await first.save(reply('One, and more'));
  await first.save({ ...reply('For the team'), mode: 'note' });
  await first.save(reply('Other', 'VH:2..'));
  await first.save(reply('Gone', 't-3'));
  await first.save(reply('', 't-3'));
  expect(texts(first).toSorted()).toEqual(['For the team', 'One, and more', 'Other']);
  // No close: a process that is killed has none.
  expect(texts(await open()).toSorted()).toEqual(['For the team', 'One, and more', 'Other']);
});

test('[S17] saves of one draft are written in the order they came, whoever is slower', async () => {
  const store = await open();
  await Promise.all(['a', 'ab', 'abc'].map((text) => store.save(reply(text))));
  expect(texts(await open())).toEqual(['abc']);
  void store.save(reply('abcd'));
  await store.close();
  expect(texts(await open())).toEqual(['abcd']);
  expect(await store.save(reply('too late'))).toMatchObject({ ok: false });
});

test('[S17] a damaged file is set aside and told once; the others are kept', async () => {
  const first = await open();
  await first.save(reply('Whole'));
  await first.save(reply('Broken', 't-2'));
  const path = join(directory, draftFileName('t-2', 'reply'));
  const bytes = await readFile(path);
  const place = bytes.indexOf('Broken');
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  await writeFile(path, bytes);
  const second = await open();
  expect(texts(second)).toEqual(['Whole']);
  expect(second.damaged).toHaveLength(1);
  expect(await readdir(directory)).toContain(second.damaged[0]);
  expect((await open()).damaged).toEqual([]);
});

test('[S17] what a half-written file leaves beside the draft does no harm', async () => {
  await (await open()).save(reply('Whole'));
  await writeFile(join(directory, `${draftFileName('t-1', 'reply')}.new`), 'agent-cons');
  const again = await open();
  expect([texts(again), again.damaged]).toEqual([['Whole'], []]);
});

test('[S17] a draft whose words are a saved command by now is none', async () => {
  await (await open()).save(reply('Sent already'));
  const sent = command({ kind: 'reply', text: 'Sent already' });
  expect(texts(await open([sent]))).toEqual([]);
  expect(await readdir(directory)).toEqual([]);
});

test('[S17] the same words written again after that command are a draft', async () => {
  nowMs = 3_000;
  await (await open()).save(reply('Any news?'));
  expect(texts(await open([command({ kind: 'reply', text: 'Any news?' })]))).toEqual(['Any news?']);
  // Nor are they the note of the same words.
  nowMs = 1_000;
  await (await open()).save({ ...reply('Any news?'), mode: 'note' });
  expect(texts(await open([command({ kind: 'reply', text: 'Any news?' })]))).toHaveLength(2);
});

test('[S17] words put back for a command that was not taken back after all are not doubled', async () => {
  nowMs = 3_000;
  const back = { ...reply('Hello\n\ntyped since'), takenBack: ID };
  await (await open()).save(back);
  expect(texts(await open([command({ kind: 'reply', text: 'Hello' })]))).toEqual(['typed since']);
  await (await open()).save(back);
  // Taken back: the journal knows it no more.
  expect(texts(await open([]))).toEqual(['Hello\n\ntyped since']);
});

test('[S16] files of a draft are kept with it, also where nothing is written yet', async () => {
  const file = { hash: 'a'.repeat(64), size: 3, name: 'x.txt', type: 'text/plain' };
  await (await open()).save({ ...reply(''), attachments: [file] });
  expect((await open()).all()).toMatchObject([{ text: '', attachments: [file] }]);
  await (await open()).save({ ...reply('See this'), attachments: [file] });
  const [draft] = (await open()).all();
  expect(draft).toMatchObject({ text: 'See this', attachments: [file] });
  // With the words in a command are the files.
  const sent = command({ kind: 'reply', text: 'See this', attachments: [file] });
  expect((await open([sent])).all()).toEqual([]);
});
