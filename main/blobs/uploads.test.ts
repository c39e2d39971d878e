import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listen } from '../../server/http/listen.ts';
import type { Listener } from '../../server/http/listen.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { memoryStore } from '../../server/store/memory.ts';
import { err, ok } from '../../shared/base/result.ts';
import { DAY_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { missingBlob } from '../../shared/protocol/blobs.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { submission, testDesk, tokenOf } from '../../test/helpers/desk.ts';
import type { TestDesk } from '../../test/helpers/desk.ts';
import { fileOf, noteWith, someBytes } from '../../test/helpers/files.ts';
import { openJournalFile } from '../journal/journal-file.ts';
import { openJournal } from '../journal/journal.ts';
import type { Journal } from '../journal/journal.ts';
import { deskClient } from '../sync/desk-client.ts';
import type { DeskClient } from '../sync/desk-client.ts';
import type { DeskFault } from '../sync/desk-fault.ts';
import { openBlobFiles } from './blob-files.ts';
import type { BlobFiles } from './blob-files.ts';
import { PART_BYTES } from './send-file.ts';
import { uploadsOf } from './uploads.ts';
import type { Uploads } from './uploads.ts';

/** Uploads from a journal to a real desk over HTTP, whose calls a test counts and breaks. */

const SIZE = 4 * PART_BYTES + 11;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
let directory: string;
let served: TestDesk;
let listener: Listener;
let journal: Journal;
let files: BlobFiles;
let nowMs: number;
let puts: number[];
/** Stands in for the answer to a PUT; null lets it through. */
let breaks: (at: number) => DeskFault | null;
let uploads: Uploads;
let moved: number;

beforeEach(async () => {
  nowMs = 1_000_000;
  puts = [];
  breaks = () => null;
  moved = 0;
  directory = await mkdtemp(join(tmpdir(), 'uploads-'));
  served = await testDesk(memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }));
  for (const id of ['t1', 't2']) await takeSubmission(served.desk, submission(id));
  listener = await listen(served.desk, { host: '127.0.0.1', port: 0 });
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
  files = await openBlobFiles(join(directory, 'blobs'), { time });
  uploads = start();
});
afterEach(async () => {
  uploads.stop();
  await journal.close();
  await listener.close();
  await rm(directory, { recursive: true, force: true });
});

function start(): Uploads {
  const client = deskClient(
    () => ({ url: listener.url, token: tokenOf('ann') }),
    () => 0,
  );
  const putBlob: DeskClient['putBlob'] = async (name, at, bytes, signal) => {
    const fault = breaks(at);
    if (fault !== null) return err(fault);
    puts.push(at);
    return client.putBlob(name, at, bytes, signal);
  };
  return uploadsOf({
    files,
    client: { blobStanding: client.blobStanding, putBlob },
    journal,
    time: { nowMs: () => nowMs },
    told: { progress: () => undefined, moved: () => (moved += 1) },
    log: silent,
  });
}

async function keep(bytes: Uint8Array) {
  const incoming = files.begin();
  await incoming.add(bytes);
  expect((await incoming.finish()).ok).toBe(true);
  return fileOf(bytes);
}

async function submit(action: Action, ticketId = 't1'): Promise<string> {
  const draft = { ticketId, baseVersion: 1, threadSeen: 1, undoes: null, action };
  const saved = await journal.submit([draft]);
  if (!saved.ok) throw new Error(saved.error.message);
  return saved.value[0]?.id ?? '';
}

/** The commands that may go now, without marking them sent. */
const held = () =>
  [...journal.state.commands.values()].filter(uploads.keepsBack).map((kept) => kept.command.id);
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000 });
const atDesk = (hash: string) => served.desk.store.blobs.blob(hash);
const away: DeskFault = { kind: 'unreachable', message: 'away' };

test('[S16] what a command names is at the desk before it may go; others do not wait', async () => {
  const file = await keep(someBytes(SIZE));
  const named = await submit(noteWith(file));
  const after = await submit({ kind: 'note', text: 'after' });
  const elsewhere = await submit({ kind: 'note', text: 'elsewhere' }, 't2');
  expect(held()).toEqual([named]);
  const first = await journal.takeForPush(10, uploads.keepsBack);
  expect(first.ok && first.value.commands.map(({ id }) => id)).toEqual([elsewhere]);
  uploads.look();
  await eventually(() => expect(held()).toEqual([]));
  expect(moved).toBe(1);
  expect(await atDesk(file.hash)).toMatchObject({ size: SIZE });
  expect(puts).toEqual([0, 1, 2, 3, 4].map((n) => n * PART_BYTES));
  const then = await journal.takeForPush(10, uploads.keepsBack);
  expect(then.ok && then.value.commands.map(({ id }) => id)).toEqual([named, after, elsewhere]);
});

test('[S16] broken off at any part, it goes on where the desk stands', async () => {
  const file = await keep(someBytes(SIZE));
  await submit(noteWith(file));
  for (let part = 0; part < 5; part += 1) {
    let isBroken = false;
    breaks = (at) => {
      isBroken = at === part * PART_BYTES;
      return isBroken ? away : null;
    };
    uploads.look();
    await eventually(() => expect(isBroken).toBe(true));
    // Another run of the program knows nothing of the one before.
    uploads.stop();
    uploads = start();
    expect(held()).toHaveLength(1);
  }
  breaks = () => null;
  uploads.look();
  await eventually(() => expect(held()).toEqual([]));
  expect(puts).toEqual([0, 1, 2, 3, 4].map((n) => n * PART_BYTES));
});

test('[S16] stopped, it sends nothing more; looked at again, it goes on', async () => {
  const file = await keep(someBytes(SIZE));
  await submit(noteWith(file));
  let isStopped = false;
  breaks = (at) => {
    if (at !== PART_BYTES) return null;
    uploads.stop();
    isStopped = true;
    return null;
  };
  uploads.look();
  await eventually(() => expect(isStopped).toBe(true));
  await eventually(() => expect(uploads.progress()).toMatchObject([{ sent: 0 }]));
  expect(await atDesk(file.hash)).toBeNull();
  breaks = () => null;
  uploads.look();
  await eventually(() => expect(held()).toEqual([]));
});

test('[S16] gone here and unknown to the desk: refused in words, and nothing waits behind it', async () => {
  const file = { ...(await keep(someBytes(100))), name: 'trace.log' };
  const named = await submit(noteWith(file));
  const after = await submit({ kind: 'note', text: 'after' });
  await rm(join(directory, 'blobs', file.hash));
  uploads.look();
  await eventually(() =>
    expect(journal.state.commands.get(named)?.outcome).toMatchObject({
      kind: 'refused',
      refusal: {
        message:
          'The file “trace.log” is no longer on this machine and the desk does not have it. ' +
          'Attach it again and send this anew.',
      },
    }),
  );
  const taken = await journal.takeForPush(10, uploads.keepsBack);
  expect(taken.ok && taken.value.commands).toMatchObject([{ id: after, after: null }]);
});

test('[S16] a file that changed on the disk is found at the end, and refused like one that is gone', async () => {
  const file = await keep(someBytes(PART_BYTES + 5));
  const named = await submit(noteWith(file));
  await writeFile(join(directory, 'blobs', file.hash), someBytes(PART_BYTES + 5, 2));
  uploads.look();
  await eventually(() => expect(journal.state.commands.get(named)?.outcome?.kind).toBe('refused'));
  expect(await atDesk(file.hash)).toBeNull();
});

test('[S16] gone here but at the desk: the command goes', async () => {
  const file = await keep(someBytes(100));
  await submit(noteWith(file));
  uploads.look();
  await eventually(() => expect(held()).toEqual([]));
  await rm(join(directory, 'blobs', file.hash));
  uploads = start();
  uploads.look();
  await eventually(() => expect(held()).toEqual([]));
  expect(puts).toEqual([0]);
});

test('[S16] what the desk does not take is said, tried again, and holds up no other file', async () => {
  const large = await keep(someBytes(SIZE));
  const small = await keep(someBytes(50, 2));
  const first = await submit(noteWith(large));
  await submit(noteWith(small), 't2');
  breaks = (at) => (at === PART_BYTES ? { kind: 'refused', message: 'Too many files.' } : null);
  uploads.look();
  await eventually(() => expect(held()).toEqual([first]));
  expect(uploads.progress()).toEqual([
    { hash: large.hash, size: SIZE, sent: 0, trouble: 'Too many files.' },
  ]);
  breaks = () => null;
  uploads.look();
  expect(puts.filter((at) => at > 0)).toEqual([]);
  nowMs += MINUTE_MS;
  uploads.look();
  await eventually(() => expect(held()).toEqual([]));
  expect(uploads.progress()).toEqual([]);
});

test('[S16] what was sent goes again without its file, unless the desk says that it misses it', async () => {
  const file = await keep(someBytes(100));
  const named = await submit(noteWith(file));
  uploads.look();
  await eventually(() => expect(held()).toEqual([]));
  await journal.takeForPush(10, uploads.keepsBack);
  uploads = start();
  // It may be decided on already.
  expect(held()).toEqual([]);
  await served.desk.store.blobs.sweep(Infinity, 10);
  uploads.answered([{ kind: 'not-yet', commandId: named, missing: missingBlob(file.hash) }]);
  expect(held()).toEqual([named]);
  uploads.look();
  await eventually(() => expect(held()).toEqual([]));
  expect(await atDesk(file.hash)).not.toBeNull();
});

test('[S16] the desk is asked again before it may have deleted what nothing names', async () => {
  const file = await keep(someBytes(100));
  const named = await submit(noteWith(file));
  uploads.look();
  await eventually(() => expect(held()).toEqual([]));
  nowMs += DAY_MS;
  expect(held()).toEqual([named]);
  uploads.look();
  await eventually(() => expect(held()).toEqual([]));
  expect(puts).toEqual([0]);
});

test('[S16] a desk whose uploads stand still is not asked for ever', async () => {
  const file = await keep(someBytes(100));
  await submit(noteWith(file));
  let asked = 0;
  const stuck = uploadsOf({
    files,
    client: {
      blobStanding: async () => ok({ offset: 0, whole: false }),
      putBlob: async () => {
        asked += 1;
        return ok({ offset: 0, whole: false });
      },
    },
    journal,
    time: { nowMs: () => nowMs },
    told: { progress: () => undefined, moved: () => undefined },
    log: silent,
  });
  stuck.look();
  await eventually(() => expect(stuck.progress()[0]?.trouble).toMatch(/nothing more/));
  expect(asked).toBe(3);
});

test('[S17] a command that can still be withdrawn sends nothing', async () => {
  const file = await keep(someBytes(100));
  const id = await submit(noteWith(file));
  const kept = journal.state.commands.get(id);
  if (kept === undefined) throw new Error('not kept');
  journal.state.commands.set(id, {
    ...kept,
    command: { ...kept.command, notBefore: nowMs + 5_000 },
  });
  uploads.look();
  expect(uploads.progress()).toEqual([]);
  nowMs += 5_000;
  uploads.look();
  await eventually(() => expect(held()).toEqual([]));
  expect(puts).toEqual([0]);
});
