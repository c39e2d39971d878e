import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putAgent } from '../../server/agents/add-agent.ts';
import { hashToken } from '../../server/agents/tokens.ts';
import { listen } from '../../server/http/listen.ts';
import type { Listener } from '../../server/http/listen.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { memoryStore } from '../../server/store/memory.ts';
import { MAX_PUT_BYTES, blobStandingSchema } from '../../shared/protocol/blobs.ts';
import { problemSchema } from '../../shared/protocol/problem.ts';
import { MAX_ATTACHMENT_BYTES } from '../../shared/tickets/attachment.ts';
import { kinds, submission, testConsole, testDesk, tokenOf } from '../helpers/desk.ts';
import type { TestDesk } from '../helpers/desk.ts';
import { fileOf, noteWith, someBytes } from '../helpers/files.ts';

/** Files over HTTP (S16, X3, X5). What stores do with them is in blobs.contract.ts. */

let set: TestDesk;
let listener: Listener;

beforeAll(async () => {
  set = await testDesk(memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }));
  await takeSubmission(set.desk, submission('t1'));
  const stranger = { id: 'eve', name: 'Eve', role: 'agent', teamIds: ['other'] } as const;
  await putAgent(set.desk, { ...stranger, teamIds: ['other'] }, hashToken(tokenOf('eve')));
  listener = await listen(set.desk, { host: '127.0.0.1', port: 0 });
});
afterAll(() => listener.close());

function send(method: string, path: string, body?: Uint8Array<ArrayBuffer>, agent = 'ann') {
  return fetch(`${listener.url}/v1/blobs/${path}`, {
    method,
    headers: { authorization: `Bearer ${tokenOf(agent)}` },
    ...(body === undefined ? {} : { body }),
  });
}

async function problemOf(response: Response) {
  return { status: response.status, error: problemSchema.parse(await response.json()).error };
}

async function upload(bytes: Uint8Array<ArrayBuffer>, agent = 'ann') {
  const { hash, size } = fileOf(bytes);
  for (let at = 0; at < size;) {
    const part = bytes.slice(at, at + MAX_PUT_BYTES);
    const answer = await send('PUT', `${hash}?size=${size}&offset=${at}`, part, agent);
    at = blobStandingSchema.parse(await answer.json()).offset;
  }
}

test('[S16] HEAD says where an upload stands, PUT goes on from there, GET gives the whole', async () => {
  const bytes = someBytes(2 * MAX_PUT_BYTES + 5);
  const file = fileOf(bytes);
  const standing = async () => {
    const { status, headers } = await send('HEAD', `${file.hash}?size=${file.size}`);
    return [status, headers.get('upload-offset'), headers.get('upload-complete')];
  };
  expect(await standing()).toEqual([200, '0', '?0']);
  const first = bytes.slice(0, MAX_PUT_BYTES);
  await send('PUT', `${file.hash}?size=${file.size}&offset=0`, first);
  expect(await standing()).toEqual([200, String(MAX_PUT_BYTES), '?0']);
  await upload(bytes);
  expect(await standing()).toEqual([200, String(file.size), '?1']);
  expect(await problemOf(await send('GET', file.hash))).toEqual({
    status: 404,
    error: 'not-found',
  });
  const ann = testConsole(set.desk, set.agents[0], 'c-ann');
  expect(kinds(await ann.push(ann.command('t1', noteWith(file))))).toEqual(['applied']);
  const got = await send('GET', file.hash, undefined, 'bob');
  expect(new Uint8Array(await got.arrayBuffer())).toEqual(bytes);
  expect(Object.fromEntries(got.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment',
    'content-length': String(file.size),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'no-store',
  });
  // For others it is not there, and not told.
  expect((await send('GET', file.hash, undefined, 'eve')).status).toBe(404);
  const head = await send('HEAD', `${file.hash}?size=${file.size}`, undefined, 'eve');
  expect(head.headers.get('upload-offset')).toBe('0');
});

test('[S16] [X5] without a sign-in nothing of a file is said or taken', async () => {
  const { hash } = fileOf(someBytes(3));
  for (const method of ['GET', 'HEAD', 'PUT'])
    expect((await send(method, `${hash}?size=3&offset=0`, undefined, 'nobody')).status).toBe(401);
});

test('[S16] [X5] bad names, sizes and parts are refused', async () => {
  const bytes = someBytes(3, 7);
  const { hash } = fileOf(bytes);
  const bad = async (method: string, path: string, body?: Uint8Array<ArrayBuffer>) =>
    problemOf(await send(method, path, body));
  for (const path of [
    'not-a-hash?size=3&offset=0',
    `${hash.toUpperCase()}?size=3&offset=0`,
    `..%2f${hash}?size=3&offset=0`,
    `${hash}?size=0&offset=0`,
    `${hash}?size=${MAX_ATTACHMENT_BYTES + 1}&offset=0`,
    `${hash}?size=x&offset=0`,
    `${hash}?size=3&offset=-1`,
    `${hash}?offset=0`,
  ])
    expect([path, await bad('PUT', path, bytes)]).toEqual([
      path,
      { status: 400, error: 'bad-request' },
    ]);
  expect((await send('HEAD', hash)).status).toBe(400);
  const wrong = Uint8Array.from(bytes, (byte) => byte ^ 1);
  expect(await bad('PUT', `${hash}?size=3&offset=0`, wrong)).toEqual({
    status: 400,
    error: 'bad-request',
  });
  await upload(bytes);
  expect((await send('HEAD', `${hash}?size=3`)).headers.get('upload-complete')).toBe('?1');
});

test('[S16] a part that is cut off on its way leaves the upload where it stood', async () => {
  const bytes = someBytes(100_000, 9);
  const { hash, size } = fileOf(bytes);
  const half = bytes.slice(0, 50_000);
  await send('PUT', `${hash}?size=${size}&offset=0`, half);
  const url = new URL(`${listener.url}/v1/blobs/${hash}?size=${size}&offset=50000`);
  await new Promise<void>((resolve) => {
    const request = httpRequest(url, {
      method: 'PUT',
      headers: { authorization: `Bearer ${tokenOf('ann')}`, 'content-length': '50000' },
    });
    request.on('error', () => resolve());
    request.on('close', () => resolve());
    request.write(bytes.slice(50_000, 60_000), () => request.destroy());
  });
  const { headers } = await send('HEAD', `${hash}?size=${size}`);
  expect(headers.get('upload-offset')).toBe('50000');
  await upload(bytes);
  expect((await send('HEAD', `${hash}?size=${size}`)).headers.get('upload-complete')).toBe('?1');
});

test('[S16] [X5] a part over the limit is refused', async () => {
  const large = new Uint8Array(MAX_PUT_BYTES + 1);
  const path = `${fileOf(large).hash}?size=${large.length}&offset=0`;
  expect(await problemOf(await send('PUT', path, large))).toEqual({
    status: 413,
    error: 'too-large',
  });
});
