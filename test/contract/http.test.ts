import { request as httpRequest } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { createParser } from 'eventsource-parser';
import type { EventSourceMessage } from 'eventsource-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deskInfoSchema } from '../../shared/protocol/desk-info.ts';
import { problemSchema } from '../../shared/protocol/problem.ts';
import { pushResponseSchema } from '../../shared/protocol/push.ts';
import { listen } from '../../server/http/listen.ts';
import type { Listener } from '../../server/http/listen.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { memoryStore } from '../../server/store/memory.ts';
import {
  parseFetched,
  parsePage,
  submission,
  testConsole,
  testDesk,
  tokenOf,
} from '../helpers/desk.ts';
import type { TestConsole, TestDesk } from '../helpers/desk.ts';

/** The desk's HTTP interface on a real socket. What stores do is in store.contract.ts. */

let set: TestDesk;
let listener: Listener;
let ann: TestConsole;

beforeAll(async () => {
  set = await testDesk(memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }));
  await takeSubmission(set.desk, submission('t1'));
  ann = testConsole(set.desk, set.agents[0], 'c-ann');
  listener = await listen(set.desk, { host: '127.0.0.1', port: 0 });
});
afterAll(() => listener.close());

const signedIn = { authorization: `Bearer ${tokenOf('ann')}` };

async function send(path: string, body?: unknown, headers: Record<string, string> = signedIn) {
  return fetch(`${listener.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

async function problemOf(response: Response) {
  return { status: response.status, error: problemSchema.parse(await response.json()).error };
}

const pullBody = { protocol: 1, consoleId: 'c-ann', cursor: null, limit: 100, atLeast: 0 };
const presenceBody = { protocol: 1, consoleId: 'c-ann', ticketId: 't1', mode: 'viewing' };
const pushBody = { protocol: 1, consoleId: 'c-ann', deskId: 'desk-1', commands: [] as unknown[] };

test('[X5] only health and the description need no sign-in', async () => {
  expect(await (await send('/v1/healthz', undefined, {})).json()).toEqual({ ok: true });
  expect((await send('/openapi.json', undefined, {})).status).toBe(200);
  for (const [path, body] of [
    ['/v1/desk'],
    ['/v1/pull', pullBody],
    ['/v1/push', pushBody],
    ['/v1/poke'],
    ['/v1/presence', presenceBody],
    ['/v1/tickets/t1'],
    ['/v1/nothing-here'],
  ] as const)
    for (const headers of [{}, { authorization: 'Bearer wrong-token-0123456789-0123456789' }])
      expect(await problemOf(await send(path, body, headers))).toEqual({
        status: 401,
        error: 'unauthenticated',
      });
  expect(await problemOf(await send('/v1/nothing-here'))).toEqual({
    status: 404,
    error: 'not-found',
  });
});

test('the description names every route, and the page as bytes', async () => {
  const described = (await (await send('/openapi.json', undefined, {})).json()) as {
    paths: Record<string, Record<string, { responses: Record<string, { content: object }> }>>;
  };
  expect(Object.keys(described.paths).toSorted()).toEqual([
    '/v1/blobs/{hash}',
    '/v1/desk',
    '/v1/healthz',
    '/v1/poke',
    '/v1/policy',
    '/v1/policy/preview',
    '/v1/presence',
    '/v1/pull',
    '/v1/push',
    '/v1/rows',
    '/v1/tickets/{id}',
  ]);
  const answer = described.paths['/v1/pull']?.['post']?.responses['200'];
  expect(answer?.content).toEqual({
    'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
  });
});

test('[S6] the desk says who it is and for whom', async () => {
  const info = deskInfoSchema.parse(await (await send('/v1/desk')).json());
  expect(info).toMatchObject({ deskId: 'desk-1', epoch: 'epoch-1', agent: { id: 'ann' } });
});

test('[S8, S15] rows by id are bytes, in brotli where the client takes it', async () => {
  const list = await send('/v1/pull', pullBody, signedIn);
  const { envelope } = parsePage(new Uint8Array(await list.arrayBuffer()));
  expect(envelope.list).toEqual({ open: ['t1'], ended: [], cause: 'first-sync' });
  const { epoch } = envelope.cursor;
  const body = { protocol: 1, consoleId: 'c-ann', epoch, ids: ['t1', 'other'], entries: true };
  const plain = await send('/v1/rows', body, { ...signedIn, 'accept-encoding': 'identity' });
  expect(plain.headers.get('content-encoding')).toBeNull();
  const rows = parseFetched(new Uint8Array(await plain.arrayBuffer()));
  expect(rows.rows.map((row) => row.head.id)).toEqual(['t1']);
  expect(rows.envelope.gone).toEqual(['other']);
  const packed = await rawPost('/v1/rows', body, { 'accept-encoding': 'gzip, br' });
  expect(packed.encoding).toBe('br');
  expect(parseFetched(brotliDecompressSync(packed.body)).rows).toEqual(rows.rows);
  const empty = await rawPost(
    '/v1/pull',
    { ...pullBody, cursor: envelope.cursor },
    { 'accept-encoding': 'br' },
  );
  expect(empty.encoding, 'too small to be worth it').toBeUndefined();
  expect(await problemOf(await send('/v1/rows', { ...body, epoch: 'other' }))).toEqual({
    status: 409,
    error: 'unknown-cursor',
  });
});

test('[S7, S11] a wrong mark, a wrong desk and a wrong protocol are told apart', async () => {
  const cursor = { epoch: 'epoch-1', version: 1, mark: '0123456789abcdef' };
  expect(await problemOf(await send('/v1/pull', { ...pullBody, cursor }))).toEqual({
    status: 409,
    error: 'unknown-cursor',
  });
  expect(await problemOf(await send('/v1/push', { ...pushBody, deskId: 'desk-2' }))).toEqual({
    status: 409,
    error: 'wrong-desk',
  });
  expect(await problemOf(await send('/v1/pull', { ...pullBody, protocol: 99 }))).toEqual({
    status: 426,
    error: 'too-old',
  });
});

test('[X5] bad bodies are refused in words, without a trace of the code', async () => {
  for (const body of ['{"protocol":', '[]', 'null', JSON.stringify({ ...pullBody, extra: 1 })]) {
    const response = await send('/v1/pull', body);
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(problemSchema.parse(JSON.parse(text)).error).toBe('bad-request');
    expect(text).not.toMatch(/\.ts|node_modules| at /);
  }
  const noType = await fetch(`${listener.url}/v1/pull`, {
    method: 'POST',
    headers: signedIn,
    body: JSON.stringify(pullBody),
  });
  expect(noType.status).toBe(400);
});

test('[X5] a body over the limit is refused', async () => {
  const body = JSON.stringify({ ...pullBody, consoleId: 'x'.repeat(20_000) });
  expect(await problemOf(await send('/v1/pull', body))).toEqual({
    status: 413,
    error: 'too-large',
  });
});

test('[S2] one bad command among good ones is answered by itself', async () => {
  const good = ann.command('t1', { kind: 'note', text: 'good' });
  const other = ann.command('t1', { kind: 'note', text: 'of bob' }, { agentId: 'bob' });
  const last = ann.command('t1', { kind: 'note', text: 'last' }, { after: good.id });
  const commands = [good, 'nonsense', other, last];
  const response = await send('/v1/push', { ...pushBody, commands });
  const { answers, version } = pushResponseSchema.parse(await response.json());
  expect(answers.map((each) => each.kind)).toEqual([
    'decided',
    'unreadable',
    'unreadable',
    'decided',
  ]);
  expect(version).toBe(set.desk.known().version);
  const ticket = (await (await send('/v1/tickets/t1')).json()) as { entries: unknown[] };
  expect(ticket.entries).toHaveLength(3);
  expect(await problemOf(await send('/v1/tickets/nowhere'))).toMatchObject({ status: 404 });
});

test('[S6] a poke comes at once, and after each commit', async () => {
  const controller = new AbortController();
  const response = await fetch(`${listener.url}/v1/poke`, {
    headers: signedIn,
    signal: controller.signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: EventSourceMessage[] = [];
  const parser = createParser({
    onEvent: (event) => {
      if (event.event === 'poke') events.push(event);
    },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const next = async (count: number) => {
    while (events.length < count) parser.feed((await reader?.read())?.value ?? '');
    return events[count - 1];
  };
  const { version } = set.desk.known();
  expect(await next(1)).toMatchObject({ event: 'poke', data: JSON.stringify({ version }) });
  await takeSubmission(set.desk, submission('t2'));
  expect(await next(2)).toMatchObject({
    event: 'poke',
    data: JSON.stringify({ version: version + 1 }),
  });
  controller.abort();
});

test('[X5] a name that points at this machine does not open the desk', async () => {
  expect((await rawPost('/v1/pull', pullBody, { host: 'evil.example:80' })).status).toBe(403);
  expect((await rawPost('/v1/pull', pullBody, { host: 'localhost:1' })).status).toBe(200);
});

test('[X5] behind a proxy the desk answers to the name it is given, and to no other', async () => {
  const own = await listen(set.desk, {
    host: '127.0.0.1',
    port: 0,
    publicHosts: ['desk.example.com'],
  });
  try {
    const statuses = ['desk.example.com', 'evil.example'].map(async (host) => {
      const answer = await rawPost('/v1/pull', pullBody, { host }, own.url);
      return answer.status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 403]);
  } finally {
    await own.close();
  }
});

test('[X5] many failed sign-ins are turned away; a good token still gets in', async () => {
  const wrong = { authorization: 'Bearer wrong-token-0123456789-0123456789' };
  const statuses: number[] = [];
  for (let n = 0; n < 25; n += 1) statuses.push((await send('/v1/desk', undefined, wrong)).status);
  expect(statuses.at(-1)).toBe(429);
  expect((await send('/v1/desk')).status).toBe(200);
});

test('closing ends open streams', async () => {
  const own = await listen(set.desk, { host: '127.0.0.1', port: 0 });
  const response = await fetch(`${own.url}/v1/poke`, { headers: signedIn });
  const ended = response.text().then(
    () => 'ended',
    () => 'ended',
  );
  await own.close();
  expect(await ended).toBe('ended');
});

/** What fetch does not let through: Host, and answers as they came. */
function rawPost(path: string, body: unknown, headers: Record<string, string>, url = listener.url) {
  return new Promise<{ status: number; encoding: string | undefined; body: Buffer }>(
    (resolve, reject) => {
      const request = httpRequest(
        `${url}${path}`,
        {
          method: 'POST',
          headers: { ...signedIn, 'content-type': 'application/json', ...headers },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              encoding: response.headers['content-encoding'],
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      request.on('error', reject);
      request.end(JSON.stringify(body));
    },
  );
}
