import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileOf, someBytes } from '../../test/helpers/files.ts';
import { deskClient } from '../sync/desk-client.ts';
import { openBlobFiles } from './blob-files.ts';
import type { BlobFiles } from './blob-files.ts';
import { fetchBlob } from './fetch-blob.ts';
import type { FetchBlob } from './fetch-blob.ts';

/** Files fetched from a desk that answers as a test says. */

const bytes = someBytes(300_000);
const file = fileOf(bytes);
let directory: string;
let server: Server;
let answer: { status: number; body: Uint8Array; length?: number };
let asked: number;
let isOffline: boolean;
let isAway: boolean;
let files: BlobFiles;
let fetchFile: FetchBlob;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fetch-'));
  asked = 0;
  isOffline = false;
  isAway = false;
  answer = { status: 200, body: bytes };
  server = createServer((_request, response) => {
    asked += 1;
    const { status, body, length = body.byteLength } = answer;
    response.writeHead(status, { 'content-length': length });
    if (length === body.byteLength) response.end(body);
    else response.write(body, () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  files = await openBlobFiles(join(directory, 'blobs'), { time: { nowMs: () => 1_000 } });
  fetchFile = fetchBlob({
    files,
    client: deskClient(
      () => (isAway ? null : { url: `http://127.0.0.1:${port}`, token: 'x' }),
      () => 0,
    ),
    isOffline: () => isOffline,
    kept: async () => undefined,
    stopped: new AbortController().signal,
  });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true, force: true });
});

test('[S16] a file comes from the desk once, and from here from then on, also offline', async () => {
  expect(await fetchFile(file)).toEqual({ ok: true, value: bytes });
  isOffline = true;
  isAway = true;
  expect(await fetchFile(file)).toEqual({ ok: true, value: bytes });
  expect(asked).toBe(1);
});

test('[S16] two who ask at once wait for one download', async () => {
  const both = await Promise.all([fetchFile(file), fetchFile(file)]);
  expect(both.map((each) => each.ok)).toEqual([true, true]);
  expect(asked).toBe(1);
});

test('[S16] offline, what is not here is said so', async () => {
  isOffline = true;
  expect(await fetchFile(file)).toMatchObject({
    error: { code: 'no-desk', message: 'This file is not here while offline. You work offline.' },
  });
  isOffline = false;
  isAway = true;
  expect(await fetchFile(file)).toMatchObject({ error: { code: 'no-desk' } });
  expect(asked).toBe(0);
});

test('[S16] what comes is shown only if it is the file: not another, longer, or cut off', async () => {
  const longer = new Uint8Array(bytes.byteLength + 1);
  longer.set(bytes);
  for (const wrong of [
    { status: 200, body: someBytes(300_000, 2) },
    { status: 200, body: longer },
    { status: 200, body: bytes.subarray(0, 200_000) },
    { status: 200, body: bytes.subarray(0, 200_000), length: bytes.byteLength },
    { status: 200, body: new Uint8Array() },
  ]) {
    answer = wrong;
    expect((await fetchFile(file)).ok).toBe(false);
    expect(files.has(file)).toBe(false);
  }
  answer = { status: 200, body: bytes };
  expect((await fetchFile(file)).ok).toBe(true);
});

test('[S16] a desk that has none for this agent, or fails, is told apart from one that is away', async () => {
  const problem = (error: string) =>
    new TextEncoder().encode(JSON.stringify({ error, message: 'Words of the desk.' }));
  answer = { status: 404, body: problem('not-found') };
  expect(await fetchFile(file)).toMatchObject({
    error: { code: 'no-file', message: 'The desk does not have this file for you.' },
  });
  answer = { status: 500, body: problem('internal') };
  expect(await fetchFile(file)).toMatchObject({
    error: { code: 'no-file', message: 'The file could not be fetched. Words of the desk.' },
  });
});

test('[S16] a cached file that was changed on the disk is fetched anew', async () => {
  await fetchFile(file);
  await writeFile(join(directory, 'blobs', file.hash), someBytes(300_000, 3));
  expect(await fetchFile(file)).toEqual({ ok: true, value: bytes });
  expect(asked).toBe(2);
});
