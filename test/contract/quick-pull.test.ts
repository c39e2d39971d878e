import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '../../server/http/listen.ts';
import type { Listener } from '../../server/http/listen.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import type { Store } from '../../server/store/contract.ts';
import { memoryStore } from '../../server/store/memory.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import { parsePage, submission, testDesk, TEST_NOW, tokenOf } from '../helpers/desk.ts';
import type { TestDesk } from '../helpers/desk.ts';

/** Pulls with nothing new are answered before the framework (S6): the same answers, to the same people. */

let set: TestDesk;
let listener: Listener;
/** Tokens looked up: only the framework does. */
let lookUps = 0;

beforeAll(async () => {
  const store = memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' });
  const counting: Store = {
    ...store,
    read: (work) =>
      store.read((snapshot) =>
        work({
          ...snapshot,
          agentByToken: (hash) => {
            lookUps += 1;
            return snapshot.agentByToken(hash);
          },
        }),
      ),
  };
  set = await testDesk(counting);
  await takeSubmission(set.desk, submission('t1'));
  listener = await listen(set.desk, { host: '127.0.0.1', port: 0 });
});
afterAll(() => listener.close());

type Answer = { status: number; headers: Record<string, unknown>; body: Buffer };

function pull(
  change: object = {},
  { agent = 'ann', ...headers }: Record<string, string> = {},
): Promise<Answer> {
  const body = {
    protocol: 1,
    consoleId: 'c-ann',
    cursor: newest(),
    limit: 100,
    atLeast: 0,
    ...change,
  };
  return send(JSON.stringify(body), {
    authorization: `Bearer ${tokenOf(agent)}`,
    'content-type': 'application/json',
    ...headers,
  });
}

function send(text: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${listener.url}/v1/pull`,
      {
        method: 'POST',
        headers: { 'content-length': String(Buffer.byteLength(text)), ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(text);
  });
}

function newest(): Cursor {
  const { epoch, version, mark } = set.desk.known();
  return { epoch, version, mark };
}

const plain = ({
  'content-type': type,
  'cache-control': cache,
  'content-length': length,
}: Answer['headers']) => [type, cache, length];

test('[S6] the second answer is the same as the first, and asks nobody', async () => {
  const first = await pull();
  const before = lookUps;
  const second = await pull();
  expect(lookUps).toBe(before);
  expect([second.status, plain(second.headers)]).toEqual([first.status, plain(first.headers)]);
  expect(second.body).toEqual(first.body);
  // Neither the framework nor what stands before it believes a token for longer.
  set.around.setNow(TEST_NOW + 10_001);
  expect((await pull()).status).toBe(200);
  expect(lookUps).toBe(before + 1);
});

test('[S6] what is not plainly nothing new goes the whole way, with its body', async () => {
  await pull();
  await takeSubmission(set.desk, submission('t2'));
  const { epoch, version, mark } = newest();
  await pull();
  const behind = await pull({ cursor: { epoch, version: 0, mark: '0'.repeat(16) } });
  expect(parsePage(behind.body).rows.map(({ head }) => head.id)).toEqual(['t1', 't2']);
  const wrong: [object, number][] = [
    [{ cursor: { epoch, version, mark: 'f'.repeat(16) } }, 409],
    [{ cursor: { epoch: 'other', version, mark } }, 409],
    [{ protocol: 99 }, 426],
    [{ extra: 1 }, 400],
    [{ limit: 0 }, 400],
    [{ consoleId: 'x'.repeat(20_000) }, 413],
    [{ cursor: null }, 200],
    [{ atLeast: version + 5 }, 200],
  ];
  for (const [change, status] of wrong) {
    const answer = await pull(change);
    expect({ change, status: answer.status }).toEqual({ change, status });
  }
  expect((await pull({}, { 'content-type': 'text/plain' })).status).toBe(400);
  const headers = { authorization: `Bearer ${tokenOf('ann')}`, 'content-type': 'application/json' };
  expect((await send('{"protocol":', headers)).status).toBe(400);
});

test('[X5] no other host, no other token, and nobody whose token was taken away', async () => {
  expect((await pull()).status).toBe(200);
  expect((await pull({}, { host: 'evil.example' })).status).toBe(403);
  expect((await pull({}, { host: 'evil.example' })).status, 'also again').toBe(403);
  expect((await pull({}, { agent: 'nobody' })).status).toBe(401);
  expect((await pull({}, { agent: 'nobody' })).status, 'also again').toBe(401);
  expect((await pull({}, { agent: 'bob' })).status).toBe(200);
  await set.desk.store.setToken('bob', 'another');
  expect((await pull({}, { agent: 'bob' })).status).toBe(401);
  expect((await pull()).status).toBe(200);
});
