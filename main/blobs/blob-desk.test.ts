import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ok } from '../../shared/base/result.ts';
import { HOUR_MS } from '../../shared/base/time.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import { fileOf, noteWith, someBytes } from '../../test/helpers/files.ts';
import { openDrafts } from '../drafts/draft-store.ts';
import type { DraftStore } from '../drafts/draft-store.ts';
import { openJournalFile } from '../journal/journal-file.ts';
import { openJournal } from '../journal/journal.ts';
import type { Journal } from '../journal/journal.ts';
import { blobDesk } from './blob-desk.ts';
import type { BlobDesk } from './blob-desk.ts';
import { openBlobFiles } from './blob-files.ts';
import type { BlobFiles } from './blob-files.ts';

/** What keeps a file on this machine, with the real journal and drafts; the cache itself has no room. */

let directory: string;
let nowMs: number;
let journal: Journal;
let drafts: DraftStore;
let files: BlobFiles;
let desk: BlobDesk;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const nothing = () => undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'blob-desk-'));
  nowMs = 1_000_000;
  const time = { nowMs: () => nowMs };
  const opened = await openJournal(
    { deskId: 'desk-1', agentId: 'ann', consoleId: 'c-1' },
    {
      file: openJournalFile(join(directory, 'journal')),
      time,
      newCommandId: () => uuidv7(),
      isExpected: false,
    },
  );
  if (!opened.ok) throw new Error(opened.error.message);
  journal = opened.value;
  drafts = await openDrafts(join(directory, 'drafts'), { time, commands: [] });
  files = await openBlobFiles(join(directory, 'blobs'), { time, maxBytes: 0 });
  const client = {
    blobStanding: async () => ok({ offset: 0, whole: false }),
    putBlob: async () => ok({ offset: 0, whole: false }),
    getBlob: async () => null,
  };
  desk = blobDesk(
    { journal, drafts, blobs: files },
    { client, isPaused: () => false, time, tell: nothing, wake: nothing, log: silent },
  );
});
afterEach(async () => {
  desk.stop();
  await journal.close();
  await drafts.close();
  await rm(directory, { recursive: true, force: true });
});

async function add(seed: number): Promise<Attachment> {
  const bytes = someBytes(100, seed);
  const id = await desk.incoming.begin({ name: 'log.txt', size: 100 });
  await desk.incoming.add(id, 0, bytes);
  const file = await desk.incoming.finish(id);
  if (!file.ok) throw new Error(file.error.message);
  await desk.added([file.value]);
  return file.value;
}

test('[S16] a file stays while a draft or a record names it, and no longer', async () => {
  const [drafted, named, dropped] = [await add(1), await add(2), await add(3)];
  const here = () => [drafted, named, dropped].map((file) => files.has(file));
  // Just added: whoever added them has not saved a draft yet.
  expect(here()).toEqual([true, true, true]);
  const draft = { ticketId: 't1', mode: 'reply', text: '', takenBack: null } as const;
  await drafts.save({ ...draft, attachments: [drafted] });
  const version = { baseVersion: 1, threadSeen: 1, undoes: null };
  const saved = await journal.submit([{ ticketId: 't1', ...version, action: noteWith(named) }]);
  nowMs += 2 * HOUR_MS;
  await desk.added([]);
  expect(here()).toEqual([true, true, false]);
  // Also when all tickets are gone: what the agent has written is theirs (S14).
  await desk.gone(() => true);
  expect(here()).toEqual([true, true, false]);
  await drafts.save(draft);
  await journal.withdraw(saved.ok ? (saved.value[0]?.id ?? '') : '');
  await desk.gone(() => false);
  expect(here()).toEqual([false, false, false]);
});

test('[S16] a command may name only what is here', async () => {
  const file = await add(1);
  expect(desk.missing(noteWith(file))).toBeNull();
  const other = fileOf(someBytes(100, 2), 'other.txt');
  expect(desk.missing(noteWith(file, other))).toEqual(other);
  expect(desk.missing(noteWith({ ...file, size: 99 }))).toMatchObject({ size: 99 });
  expect(desk.missing({ kind: 'resolve' })).toBeNull();
});

test('[S14] what is fetched is known to belong to the ticket it was fetched for', async () => {
  const file = await add(1);
  expect(await desk.bytesOf(file, 't1')).toMatchObject({ ok: true });
  nowMs += 2 * HOUR_MS;
  await desk.gone((ticketId) => ticketId === 't2');
  expect(files.has(file)).toBe(true);
  await desk.gone((ticketId) => ticketId === 't1');
  expect(files.has(file)).toBe(false);
});
