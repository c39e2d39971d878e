import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { joinPage } from '../../shared/protocol/page.ts';
import { deskClient } from './desk-client.ts';
import { consequence } from './desk-fault.ts';

let server: Server | null = null;
afterEach(() => {
  server?.close();
});

type Answer = { status: number; body: unknown };

/** A desk that says this to everything. */
async function deskThatSays({ status, body }: Answer, token = 'token-0123456789-0123456789') {
  const heard: IncomingMessage[] = [];
  const made = createServer((request, response) => {
    heard.push(request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body instanceof Uint8Array ? body : JSON.stringify(body));
  });
  server = made;
  await new Promise<void>((resolve) => {
    made.listen(0, '127.0.0.1', resolve);
  });
  const { port } = made.address() as AddressInfo;
  const address = { url: `http://127.0.0.1:${port}`, token };
  return {
    heard,
    client: deskClient(
      () => address,
      () => 0,
    ),
  };
}

const problem = (status: number, error: string): Answer => ({
  status,
  body: { error, message: `It is ${error}.` },
});

test.each([
  [problem(401, 'unauthenticated'), 'signed-out'],
  [problem(401, 'expired'), 'signed-out'],
  [problem(403, 'revoked'), 'revoked'],
  [problem(426, 'too-old'), 'stopped'],
  [problem(409, 'wrong-desk'), 'stopped'],
  [problem(409, 'unknown-cursor'), 'stopped'],
  [problem(500, 'internal'), 'retry'],
  // Too many sign-ins from here, it may be by others: no reason to sign in again.
  [problem(429, 'unauthenticated'), 'retry'],
  // Something between here and the desk.
  [{ status: 401, body: 'Who are you?' }, 'signed-out'],
  [{ status: 403, body: '<html>' }, 'retry'],
  [{ status: 502, body: '<html>' }, 'retry'],
])('[S9] [S11] %o means: %s', async (answer, what) => {
  const { client } = await deskThatSays(answer);
  const info = await client.info();
  expect(info.ok).toBe(false);
  expect(info.ok ? null : consequence(info.error)).toBe(what);
});

test('[S9] without a token the desk is asked for nothing but a sign-in', async () => {
  const said = { status: 200, body: { token: 'new', expiresAt: 5 } };
  const { client, heard } = await deskThatSays(said, '');
  const info = await client.info();
  expect(info).toMatchObject({ ok: false, error: { kind: 'signed-out' } });
  expect(heard).toHaveLength(0);
  const request = { agentId: 'ann', password: 'secret', consoleName: 'laptop' };
  expect(await client.signIn(request)).toEqual({ ok: true, value: said.body });
  expect(heard.map(({ url, headers }) => [url, headers.authorization])).toEqual([
    ['/v1/sign-in', undefined],
  ]);
});

test('[S8] rows by id: an answer that speaks of no ticket at all is none', async () => {
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const page = (rows: unknown[], gone: string[]) => ({
    status: 200,
    body: joinPage({
      envelope: text({ protocol: 1, deskId: 'd', epoch: 'e', version: 1, now: 1, gone }),
      rows: text(rows),
      entries: text([]),
    }),
  });
  const request = { protocol: 1, consoleId: 'c', epoch: 'e', ids: ['t1'], entries: false };
  const empty = await deskThatSays(page([], []));
  expect(await empty.client.fetchRows(request)).toMatchObject({ error: { kind: 'bad-answer' } });
  server?.close();
  const gone = await deskThatSays(page([], ['t1']));
  expect(await gone.client.fetchRows(request)).toMatchObject({
    ok: true,
    value: { envelope: { gone: ['t1'] } },
  });
});
