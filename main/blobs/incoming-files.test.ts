import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_ATTACHMENT_BYTES } from '../../shared/tickets/attachment.ts';
import { fileOf, someBytes } from '../../test/helpers/files.ts';
import { openBlobFiles } from './blob-files.ts';
import type { BlobFiles } from './blob-files.ts';
import { incomingFiles } from './incoming-files.ts';
import { saveFile } from './save-file.ts';
import { takeFiles } from './take-files.ts';

let directory: string;
let files: BlobFiles;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'incoming-'));
  files = await openBlobFiles(join(directory, 'blobs'), { time: { nowMs: () => 1_000 } });
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

test('[S16] pieces of a file become an attachment, with a clean name and the type of its content', async () => {
  const coming = incomingFiles(files);
  const bytes = new TextEncoder().encode('all is well\n');
  const id = await coming.begin({ name: '../../in\u202Evoice.exe\0.png', size: bytes.length });
  expect(await coming.add(id, 0, bytes.subarray(0, 5))).toMatchObject({ ok: true });
  expect(await coming.add(id, 5, bytes.subarray(5))).toMatchObject({ ok: true });
  expect(await coming.finish(id)).toEqual({
    ok: true,
    value: { ...fileOf(bytes), name: 'invoice.exe.png', type: 'text/plain' },
  });
  expect(files.has(fileOf(bytes))).toBe(true);
  expect(await coming.finish(id)).toMatchObject({ ok: false });
});

test('[S16] a piece that is missing, twice, or too much ends the file', async () => {
  const coming = incomingFiles(files);
  const bytes = someBytes(100);
  const begin = () => coming.begin({ name: 'x', size: 100 });
  for (const [offset, length] of [
    [1, 10],
    [0, 101],
  ] as const) {
    const id = await begin();
    expect(await coming.add(id, offset, someBytes(length))).toMatchObject({ ok: false });
    expect(await coming.add(id, 0, bytes)).toMatchObject({ ok: false });
  }
  const short = await begin();
  await coming.add(short, 0, bytes.subarray(0, 99));
  expect(await coming.finish(short)).toMatchObject({ ok: false });
  const cancelled = await begin();
  await coming.cancel(cancelled);
  expect(await coming.finish(cancelled)).toMatchObject({ ok: false });
  expect(await coming.add(99_999, 0, bytes)).toMatchObject({ ok: false });
  expect(files.has(fileOf(bytes))).toBe(false);
});

test('[S16] files that a page never ends give way to new ones', async () => {
  const coming = incomingFiles(files);
  const first = await coming.begin({ name: 'x', size: 5 });
  for (let n = 0; n < 40; n += 1) await coming.begin({ name: 'x', size: 5 });
  expect(await coming.add(first, 0, someBytes(5))).toMatchObject({ ok: false });
});

test('[S16] files that the agent chose are copied; what cannot be taken is told by its name', async () => {
  const at = (name: string) => join(directory, name);
  const bytes = someBytes(3_000_000);
  await writeFile(at('log.bin'), bytes);
  await writeFile(at('empty.txt'), '');
  await writeFile(at('large.iso'), '');
  await truncate(at('large.iso'), MAX_ATTACHMENT_BYTES + 1);
  await mkdir(at('folder'));
  await symlink(at('log.bin'), at('link.bin'));
  execFileSync('mkfifo', [at('pipe')]);
  const names = ['log.bin', 'empty.txt', 'large.iso', 'folder', 'link.bin', 'pipe', 'none'];
  const taken = await takeFiles(files, names.map(at));
  expect(taken.files).toEqual([
    { ...fileOf(bytes), name: 'log.bin' },
    { ...fileOf(bytes), name: 'link.bin' },
  ]);
  expect(taken.refused).toEqual([
    'empty.txt: The file is empty.',
    'large.iso: It has more than 25 MB.',
    'folder: It is not a file.',
    'pipe: It is not a file.',
    'none: It cannot be read.',
  ]);
  const many = await takeFiles(
    files,
    Array.from({ length: 22 }, () => at('log.bin')),
  );
  expect([many.files.length, many.refused.length]).toEqual([20, 2]);
});

test('[S16] [X3] what is saved can be run by nobody, also where it replaces what could', async () => {
  const path = join(directory, 'run.sh');
  await writeFile(path, '#!/bin/sh\necho old and longer than the new one\n', { mode: 0o755 });
  const bytes = new TextEncoder().encode('#!/bin/sh\n');
  expect(await saveFile(path, bytes)).toEqual({ ok: true, value: undefined });
  expect((await stat(path)).mode & 0o111).toBe(0);
  expect(await readFile(path)).toEqual(Buffer.from(bytes));
  expect(await saveFile(join(directory, 'none', 'x'), bytes)).toMatchObject({ ok: false });
});
