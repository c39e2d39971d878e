import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDesk } from '../../server/desk.ts';
import type { Desk } from '../../server/desk.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import type { Store } from '../../server/store/contract.ts';
import { openPostgres } from '../../server/store/sql/postgres.ts';
import { readTicket } from '../../server/sync/read-ticket.ts';
import { kinds, submission, testConsole, testDesk, testSurroundings } from '../helpers/desk.ts';
import type { TestConsole } from '../helpers/desk.ts';
import { startPostgres } from '../helpers/postgres-server.ts';
import type { PostgresServer } from '../helpers/postgres-server.ts';

/** One order of changes over many connections (S1), where a sequence or a counter without its lock loses rows. */

let server: PostgresServer;
const stores: Store[] = [];

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await server.stop();
});

async function open(url: string): Promise<Store> {
  const opened = await openPostgres(url, { deskId: 'desk-1', epoch: 'epoch-1' }, () => undefined);
  if (!opened.ok) throw new Error(opened.error);
  stores.push(opened.value);
  return opened.value;
}

async function desksOn(url: string, count: number): Promise<Desk[]> {
  const desks: Desk[] = [];
  for (let n = 0; n < count; n += 1)
    desks.push(await startDesk(await open(url), testSurroundings()));
  return desks;
}

test('[S1] one takes its version, another would commit, a console pulls, the first commits', async () => {
  const url = await server.freshDatabase();
  const { desk, agents } = await testDesk(await open(url));
  const [second, third] = await desksOn(url, 2);
  if (second === undefined || third === undefined) throw new Error('no desks');
  const reader = testConsole(third, agents[1], 'c-reader');
  await reader.pullToHead();
  await takeSubmission(desk, submission('t1'));
  await takeSubmission(desk, submission('t2'));
  const looking = new Client({ connectionString: url });
  await looking.connect();
  const waiting = async () => {
    const { rows } = await looking.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows.length;
  };

  const early = testConsole(desk, agents[0], 'c-early');
  const late = testConsole(second, agents[0], 'c-late');
  let holds = (): void => undefined;
  const isHolding = new Promise<void>((resolve) => (holds = resolve));
  let letGo = (): void => undefined;
  const mayGo = new Promise<void>((resolve) => (letGo = resolve));
  const write = desk.store.write;
  desk.store.write = (work) =>
    write(async (writing) =>
      work({
        ...writing,
        // It has its version, and everything is written but not committed.
        save: async (changes) => {
          await writing.save(changes);
          holds();
          await mayGo;
        },
      }),
    );
  const first = early.push(early.command('t1', { kind: 'note', text: 'first' }));
  await isHolding;
  const other = late.push(late.command('t2', { kind: 'note', text: 'second' }));
  await expect.poll(waiting).toBe(1);
  await reader.pullToHead();
  const seen = reader.entries.size;
  letGo();
  expect([...kinds(await first), ...kinds(await other)]).toEqual(['applied', 'applied']);
  await looking.end();
  await reader.pullToHead();
  expect(seen, 'neither was there').toBe(2);
  expect([...reader.entries.values()].slice(2).map((entry) => entry.ticketId)).toEqual([
    't1',
    't2',
  ]);
});

test('[S1] 20 writers on 20 connections: each of 5 pullers gets all of it, in order', async () => {
  const url = await server.freshDatabase();
  const { desk, agents } = await testDesk(await open(url));
  const pullers = (await desksOn(url, 5)).map((each, n) => testConsole(each, agents[1], `p-${n}`));
  await Promise.all(pullers.map((puller) => puller.pullToHead()));
  const tickets = ['t1', 't2', 't3', 't4', 't5', 't6', 't7'];
  for (const id of tickets) await takeSubmission(desk, submission(id));
  const writers = (await desksOn(url, 20)).map((each, n) => testConsole(each, agents[0], `w-${n}`));
  const perWriter = 15;
  let isOver = false;
  const pull = async (puller: TestConsole, n: number): Promise<number> => {
    let pages = 0;
    while (!isOver) {
      await puller.pull({ limit: n + 1 });
      pages += 1;
      await new Promise(setImmediate);
    }
    return pages;
  };
  const pulling = pullers.map(pull);
  await Promise.all(
    writers.map(async (writer, index) => {
      for (let n = 0; n < perWriter; n += 1) {
        const ticketId = tickets[(index + n) % tickets.length] ?? 't1';
        const note = { kind: 'note', text: `${index} ${n}` } as const;
        expect(kinds(await writer.push(writer.command(ticketId, note)))).toEqual(['applied']);
      }
    }),
  );
  isOver = true;
  expect(Math.min(...(await Promise.all(pulling)))).toBeGreaterThan(20);
  const total = tickets.length + writers.length * perWriter;
  for (const puller of pullers) {
    await puller.pullToHead();
    const versions = [...puller.entries.values()].map((entry) => entry.version);
    expect(versions).toHaveLength(total);
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
    for (const id of tickets)
      expect(puller.rows.get(id)?.head).toEqual((await readTicket(desk.store, id))?.head);
  }
});
