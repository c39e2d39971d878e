import { mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_ATTACHMENT_BYTES } from '../../shared/tickets/attachment.ts';
import { fileOf, someBytes } from '../../test/helpers/files.ts';
import { openBlobFiles } from './blob-files.ts';
import type { BlobFiles, BlobFilesDeps, NewFile } from './blob-files.ts';

let directory: string;
let nowMs: number;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'blobs-'));
  nowMs = 1_000_000;
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const open = (given: Partial<BlobFilesDeps> = {}) =>
  openBlobFiles(directory, { time: { nowMs: () => (nowMs += 1_000) }, ...given });

async function put(files: BlobFiles, bytes: Uint8Array, piece = bytes.byteLength) {
  const incoming = files.begin();
  for (let at = 0; at < bytes.byteLength; at += piece) {
    const added = await incoming.add(bytes.subarray(at, at + piece));
    if (!added.ok) return added;
  }
  return incoming.finish();
}

/** What lies in the directory: files by hash, and what is half done. */
async function lying(): Promise<{ whole: string[]; half: string[] }> {
  const names = await readdir(directory);
  return {
    whole: names.filter((name) => name !== 'incoming').toSorted(),
    half: await readdir(join(directory, 'incoming')),
  };
}

test('[S16] a file that came in pieces lies under its hash, and is there after a restart', async () => {
  const files = await open();
  const bytes = someBytes(100_000);
  const { hash, size } = fileOf(bytes);
  expect(await put(files, bytes, 7_000)).toEqual({
    ok: true,
    value: { hash, size, type: 'application/octet-stream' },
  });
  expect(await lying()).toEqual({ whole: [hash], half: [] });
  // Nobody may run it, and no other user may read it.
  expect((await stat(join(directory, hash))).mode & 0o777).toBe(0o600);
  const again = await open();
  expect(again.has({ hash, size })).toBe(true);
  expect(again.has({ hash, size: size + 1 })).toBe(false);
  expect(await again.readWhole({ hash, size })).toEqual(bytes);
  expect(await again.read({ hash, size }, 99_000, 5_000)).toEqual(bytes.slice(99_000));
});

test('[S16] what was broken off at any piece is no file, and goes at the next start', async () => {
  const bytes = someBytes(4_000);
  for (let pieces = 0; pieces <= 4; pieces += 1) {
    const files = await open();
    const incoming = files.begin();
    for (let n = 0; n < pieces; n += 1)
      await incoming.add(bytes.subarray(n * 1_000, (n + 1) * 1_000));
    // No finish: a process that is killed comes to none.
    expect((await lying()).whole).toEqual([]);
    const again = await open();
    expect(again.has(fileOf(bytes))).toBe(false);
    expect(await lying()).toEqual({ whole: [], half: [] });
    await incoming.cancel();
  }
});

test('[S16] cancelled, too large, empty or not what was asked for: nothing is left', async () => {
  const files = await open();
  const bytes = someBytes(1_000);
  const cancelled = files.begin();
  await cancelled.add(bytes);
  await cancelled.cancel();

  const large = files.begin();
  const piece = new Uint8Array(MAX_ATTACHMENT_BYTES / 5);
  for (let n = 0; n < 5; n += 1) expect((await large.add(piece)).ok).toBe(true);
  expect(await large.add(bytes.subarray(0, 1))).toMatchObject({ error: { kind: 'too-large' } });

  expect(await files.begin().finish()).toMatchObject({ error: { kind: 'empty' } });

  const wrong = files.begin();
  await wrong.add(bytes);
  expect(await wrong.finish(fileOf(someBytes(1_000, 2)))).toMatchObject({
    error: { kind: 'wrong-hash' },
  });
  expect(await lying()).toEqual({ whole: [], half: [] });
});

/** A disk that is full after so many writes, or at the fsync. */
function fullDisk(writes: number, syncs = true) {
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  return async (path: string): Promise<NewFile> => {
    let left = writes;
    await writeFile(path, '');
    return {
      write: async (bytes) => {
        if (left === 0) throw full;
        left -= 1;
        await writeFile(path, bytes, { flag: 'a' });
      },
      sync: async () => {
        if (!syncs) throw full;
      },
      close: async () => undefined,
    };
  };
}

test('[S16] a full disk is told in words, at whatever piece, and leaves nothing', async () => {
  const bytes = someBytes(3_000);
  for (const create of [fullDisk(0), fullDisk(1), fullDisk(2), fullDisk(3, false)]) {
    const files = await open({ create });
    expect(await put(files, bytes, 1_000)).toEqual({
      ok: false,
      error: { kind: 'not-saved', message: 'The disk is full.' },
    });
    expect(files.has(fileOf(bytes))).toBe(false);
    expect(await lying()).toEqual({ whole: [], half: [] });
  }
  expect(await put(await open({ create: fullDisk(3) }), bytes, 1_000)).toMatchObject({ ok: true });
});

test('[S16] a file that changed on the disk is no longer that file', async () => {
  const files = await open();
  const bytes = someBytes(1_000);
  const file = fileOf(bytes);
  await put(files, bytes);
  const path = join(directory, file.hash);
  const changed = await readFile(path);
  changed[3] = (changed[3] ?? 0) ^ 1;
  await writeFile(path, changed);
  expect(await files.readWhole(file)).toBeNull();
  expect(files.has(file)).toBe(false);
  expect((await lying()).whole).toEqual([]);

  await put(files, bytes);
  await truncate(path, 10);
  expect(await files.read(file, 0, 500)).toBeNull();
  expect(files.has(file)).toBe(false);

  await put(files, bytes);
  await rm(path);
  expect(await files.read(file, 0, 500)).toBeNull();
});

test('[S16] beyond its limit the cache forgets what was used longest ago, but nothing that is named', async () => {
  const files = await open({ maxBytes: 3_000 });
  const all = [1, 2, 3, 4, 5].map((seed) => someBytes(1_000, seed));
  for (const bytes of all) await put(files, bytes);
  const [first, second, third, fourth, fifth] = all.map((bytes) => fileOf(bytes));
  if (!first || !second || !third || !fourth || !fifth) throw new Error('no files');
  await files.read(second, 0, 1);
  await files.sweep(new Set([first.hash]));
  const here = () => [first, second, third, fourth, fifth].map((file) => files.has(file));
  expect(here()).toEqual([true, true, false, false, true]);
  // More is named than fits: it stays.
  await put(files, someBytes(1_000, 6));
  await files.sweep(new Set([first, second, fifth].map(({ hash }) => hash)));
  expect(here()).toEqual([true, true, false, false, true]);
  expect(files.has(fileOf(someBytes(1_000, 6)))).toBe(false);
});

test('[S16] the order of use lasts over a restart', async () => {
  const files = await open();
  for (const seed of [1, 2]) await put(files, someBytes(1_000, seed));
  await files.read(fileOf(someBytes(1_000, 1)), 0, 1);
  // The file system takes note in its own time.
  await expect
    .poll(async () => (await stat(join(directory, fileOf(someBytes(1_000, 1)).hash))).mtimeMs)
    .toBe(nowMs);
  const again = await open({ maxBytes: 1_000 });
  await again.sweep(new Set());
  expect(again.has(fileOf(someBytes(1_000, 1)))).toBe(true);
  expect(again.has(fileOf(someBytes(1_000, 2)))).toBe(false);
});

test('[S16] what else lies in the directory is let alone', async () => {
  await writeFile(join(directory, 'notes.txt'), 'x');
  await writeFile(join(directory, 'a'.repeat(63)), 'x');
  const files = await open({ maxBytes: 0 });
  await files.sweep(new Set());
  expect((await lying()).whole).toEqual(['a'.repeat(63), 'notes.txt']);
});

test('[S14] what belongs only to tickets that are gone is deleted, also after a restart', async () => {
  let files = await open();
  const [one, both, unknown, named] = [1, 2, 3, 4].map((seed) => someBytes(100, seed));
  if (!one || !both || !unknown || !named) throw new Error('no bytes');
  for (const bytes of [one, both, unknown, named]) await put(files, bytes);
  await files.noteTicket(fileOf(one), 't1');
  for (const ticketId of ['t1', 't2']) await files.noteTicket(fileOf(both), ticketId);
  await files.noteTicket(fileOf(named), 't1');
  files = await open();
  const here = () => [one, both, unknown, named].map((bytes) => files.has(fileOf(bytes)));
  await files.forget((ticketId) => ticketId === 't1', new Set([fileOf(named).hash]));
  // What belongs to no known ticket is not kept on trust.
  expect(here()).toEqual([false, true, false, true]);
  await files.forget(() => true, new Set());
  expect(here()).toEqual([false, false, false, false]);
  expect((await lying()).whole).toEqual([]);
});
