import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDesk } from '../../server/desk.ts';
import type { Desk } from '../../server/desk.ts';
import { listen } from '../../server/http/listen.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import type { Reading, Store } from '../../server/store/contract.ts';
import { LISTENER_NAME, openPostgres } from '../../server/store/sql/postgres.ts';
import { pullPage } from '../../server/sync/pull.ts';
import {
  parsePage,
  submission,
  testConsole,
  testDesk,
  testSurroundings,
  TEST_NOW,
  tokenOf,
} from '../helpers/desk.ts';
import { startPostgres } from '../helpers/postgres-server.ts';
import type { PostgresServer } from '../helpers/postgres-server.ts';

/** Several desk processes on one PostgreSQL (S6): what each may answer from memory, and what it may not. */

let server: PostgresServer;
const stores: Store[] = [];

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await server.stop();
});

/** A store that counts the snapshots it was asked for. */
async function open(url: string): Promise<{ store: Store; reads: () => number }> {
  const opened = await openPostgres(url, { deskId: 'desk-1', epoch: 'epoch-1' }, () => undefined);
  if (!opened.ok) throw new Error(opened.error);
  stores.push(opened.value);
  let count = 0;
  const read = <T>(work: (snapshot: Reading) => Promise<T>): Promise<T> => {
    count += 1;
    return opened.value.read(work);
  };
  return { store: { ...opened.value, read }, reads: () => count };
}

async function twoDesks() {
  const url = await server.freshDatabase();
  const here = await open(url);
  const there = await open(url);
  const one = await testDesk(here.store);
  const other = await startDesk(there.store, testSurroundings());
  await takeSubmission(one.desk, submission('t1'));
  return { url, here, there, one, other };
}

async function hearsAll(...desks: Desk[]): Promise<void> {
  for (const desk of desks)
    await expect.poll(() => desk.current() !== null, { timeout: 20_000 }).toBe(true);
}

/** Cuts the connections on which desk processes listen. Gives how many there were. */
async function cutListeners(url: string): Promise<number> {
  const { rowCount } = await asAdmin(
    url,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = $1 and datname = $2`,
    (database) => [LISTENER_NAME, database],
  );
  return rowCount ?? 0;
}

/** May new connections be made? Those that are there stay. */
async function letConnect(url: string, may: boolean): Promise<void> {
  const database = new URL(url).pathname.slice(1);
  await asAdmin(url, `alter database ${database} with allow_connections ${may}`, () => []);
}

async function asAdmin(url: string, text: string, values: (database: string) => string[]) {
  const address = new URL(url);
  const database = address.pathname.slice(1);
  address.pathname = '/postgres';
  const client = new Client({ connectionString: address.href });
  await client.connect();
  try {
    return await client.query(text, values(database));
  } finally {
    await client.end();
  }
}

async function ask(desk: Desk, cursor: Parameters<typeof pullPage>[1]['cursor'], atLeast = 0) {
  const request = { protocol: 1, consoleId: 'c', cursor, limit: 500, atLeast };
  const page = await pullPage(desk.store, request, 'ann', desk.current(), TEST_NOW);
  if (!page.ok) throw new Error(page.error.message);
  return parsePage(page.value);
}

test('[S6] nothing new is answered from memory, by both, and never below atLeast', async () => {
  const { one, other, here, there } = await twoDesks();
  await hearsAll(one.desk, other);
  await expect.poll(() => other.known().version).toBe(one.desk.known().version);
  const { epoch, version, mark } = one.desk.known();
  const cursor = { epoch, version, mark };
  const before = [here.reads(), there.reads()];
  for (const desk of [one.desk, other])
    expect((await ask(desk, cursor, version)).envelope).toMatchObject({ cursor, more: false });
  expect([here.reads(), there.reads()]).toEqual(before);
  // A console that knows of a later version is not told that there is nothing: the database is asked.
  await ask(other, cursor, version + 1);
  expect(there.reads()).toBe((before[1] ?? 0) + 1);
});

test('[S6] a poke crosses from one process to the other in less than 100 ms', async () => {
  const { one, other } = await twoDesks();
  await hearsAll(one.desk, other);
  const listener = await listen(other, { host: '127.0.0.1', port: 0 });
  const answer = await fetch(`${listener.url}/v1/poke`, {
    headers: { authorization: `Bearer ${tokenOf('ann')}` },
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const until = async (version: number): Promise<number> => {
    while (!heard.includes(`{"version":${version}}`)) heard += (await reader?.read())?.value ?? '';
    return performance.now();
  };
  await until(one.desk.known().version);
  const ann = testConsole(one.desk, one.agents[0], 'c-ann');
  const took: number[] = [];
  for (let n = 0; n < 30; n += 1) {
    await ann.push(ann.command('t1', { kind: 'note', text: `note ${n}` }));
    const answeredAt = performance.now();
    took.push((await until(one.desk.known().version)) - answeredAt);
  }
  await listener.close();
  const sorted = took.toSorted((a, b) => a - b);
  expect(sorted[15]).toBeLessThan(100);
});

test('[S6] when the line is cut the database is asked, and the line comes back', async () => {
  const { url, one, other, there } = await twoDesks();
  await hearsAll(one.desk, other);
  const ann = testConsole(one.desk, one.agents[0], 'c-ann');
  const reader = testConsole(other, one.agents[1], 'c-reader');
  await reader.pullToHead();
  await letConnect(url, false);
  expect(await cutListeners(url)).toBe(2);
  await expect.poll(() => other.current()).toBeNull();
  const before = there.reads();
  await ann.push(ann.command('t1', { kind: 'note', text: 'while it was cut' }));
  await reader.pull();
  expect(reader.entries.size).toBe(2);
  expect(there.reads()).toBeGreaterThan(before);
  await letConnect(url, true);
  await hearsAll(other, one.desk);
  // What was committed without the line is known before anything is answered from memory.
  expect(other.current()?.version).toBe(one.desk.known().version);
});

test('[S6] what an agent may do is known anew everywhere when it changes', async () => {
  const { one, other } = await twoDesks();
  await hearsAll(one.desk, other);
  const listener = await listen(other, { host: '127.0.0.1', port: 0 });
  const status = async () =>
    (
      await fetch(`${listener.url}/v1/desk`, {
        headers: { authorization: `Bearer ${tokenOf('ann')}` },
      })
    ).status;
  expect(await status()).toBe(200);
  await one.desk.store.setToken('ann', 'another-hash');
  await expect.poll(status, { timeout: 2_000, interval: 20 }).toBe(401);
  await listener.close();
});

test('[S18] where a console is, the other process knows; its own word does not come back', async () => {
  const { one, other } = await twoDesks();
  await hearsAll(one.desk, other);
  const changes: (string | null)[] = [];
  one.desk.presence.onChange(({ ticket }) => changes.push(ticket?.id ?? null));
  const at = (id: string) => ({
    agentId: 'ann',
    consoleId: 'c-ann',
    ticket: { id, teamId: 'web', assigneeId: null },
    mode: 'viewing' as const,
    at: TEST_NOW,
  });
  for (const id of ['t1', 't2', 't3']) one.desk.presence.place(at(id));
  await expect.poll(() => other.presence.all().map(({ ticket }) => ticket?.id)).toEqual(['t3']);
  // Sent after them over the same line, and heard: so they came back before it, if they do.
  other.presence.place({ ...at('t4'), consoleId: 'c-other' });
  await expect.poll(() => one.desk.presence.all()).toHaveLength(2);
  expect(changes).toEqual(['t1', 't2', 't3', 't4']);
});

test('[S6] whatever is pushed to one and cut: a pull from any other with atLeast sees it', async () => {
  const url = await server.freshDatabase();
  const first = await testDesk((await open(url)).store);
  const desks = [first.desk];
  for (let n = 0; n < 2; n += 1)
    desks.push(await startDesk((await open(url)).store, testSurroundings()));
  await takeSubmission(first.desk, submission('t1'));
  const step = fc.record({
    pushTo: fc.nat(2),
    pullFrom: fc.nat(2),
    cut: fc.constantFrom(false, false, false, true),
  });
  let consoles = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      consoles += 1;
      const consoleId = `c-${consoles}`;
      const each = desks.map((desk) => testConsole(desk, first.agents[0], consoleId));
      const [writer] = each;
      if (writer === undefined) throw new Error('no desk');
      let cursor = (await ask(first.desk, null)).envelope.cursor;
      for (const { pushTo, pullFrom, cut } of steps) {
        const command = writer.command('t1', { kind: 'note', text: 'x' });
        if (cut) await cutListeners(url);
        const [answer] = (await each[pushTo]?.push(command)) ?? [];
        if (answer?.kind !== 'decided') throw new Error('not decided');
        const { version } = answer.outcome;
        const page = await ask(desks[pullFrom] ?? first.desk, cursor, version);
        expect(page.entries.map((entry) => entry.commandId)).toContain(command.id);
        expect(page.envelope.cursor.version).toBeGreaterThanOrEqual(version);
        cursor = page.envelope.cursor;
      }
    }),
    { numRuns: 25 },
  );
});
