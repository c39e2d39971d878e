import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR_MS } from '../../shared/base/time.ts';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import { ticketHeadSchema } from '../../shared/tickets/head.ts';
import { changePolicy } from '../../server/policy/change-policy.ts';
import { earlierHead } from '../helpers/earlier-head.ts';
import { WEDNESDAY_10 } from '../helpers/tickets.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { startDesk } from '../../server/desk.ts';
import type { Store } from '../../server/store/contract.ts';
import { migrate } from '../../server/store/sql/migrations.ts';
import { openPostgres } from '../../server/store/sql/postgres.ts';
import type { Tables } from '../../server/store/sql/tables.ts';
import {
  kinds,
  submission,
  TEST_NOW,
  testConsole,
  testDesk,
  testSurroundings,
} from '../helpers/desk.ts';
import { startPostgres } from '../helpers/postgres-server.ts';
import type { PostgresServer } from '../helpers/postgres-server.ts';
import { blobStanding, receivePart } from '../../server/blobs/receive-blob.ts';
import { readBlob } from '../../server/blobs/read-blob.ts';
import { fileOf, noteWith, someBytes } from '../helpers/files.ts';
import { storeContract } from './store.contract.ts';

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

storeContract('PostgreSQL', startStores, { readsBesideWrites: true });

async function startStores() {
  return {
    // The store before is used no more, and a server has so many connections and no more.
    fresh: async () => {
      await Promise.all(stores.splice(0).map((store) => store.close()));
      return open(await server.freshDatabase());
    },
    end: async () => undefined,
  };
}

test('[C14] what one desk process changes of the policy the other works by', async () => {
  const url = await server.freshDatabase();
  const one = await testDesk(await open(url));
  const around = testSurroundings();
  const other = await startDesk(await open(url), around);
  await takeSubmission(one.desk, submission('t1'));
  // The other one has compiled the old rules by now.
  const ann = testConsole(other, one.agents[0], 'c-ann');
  await ann.push(ann.command('t1', { kind: 'note', text: 'x' }));
  const change = {
    document: { ...defaultPolicyDocument, firstContactHours: 5 },
    baseRules: 1,
    agentId: null,
  };
  expect((await changePolicy(one.desk, change)).kind).toBe('saved');
  expect(await changePolicy(other, change)).toEqual({ kind: 'unchanged', rules: 2 });
  around.setNow(TEST_NOW + 6 * HOUR_MS);
  await ann.pullToHead();
  await ann.push(ann.command('t1', { kind: 'reply', text: 'Hello' }));
  await ann.pullToHead();
  expect(ann.rows.get('t1')?.head.misses).toMatchObject([
    { clock: 'C2', dueAt: TEST_NOW + 5 * HOUR_MS, late: { wallMs: HOUR_MS } },
  ]);
});

test('a database of the first build is brought up to date when it is opened', async () => {
  const url = await server.freshDatabase();
  const pool = new Pool({ connectionString: url });
  const first = await migrate(
    new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }),
    '0001-first',
  );
  expect(first.ok).toBe(true);
  const head = JSON.stringify(earlierHead('t1'));
  await pool.query(
    `insert into tickets (id, version, reference, team_id, submitted_at, is_open, size, head)
     values ('t1', 1, 'VH-t1', 'team-1', $1, true, $2, $3)`,
    [WEDNESDAY_10, head.length, head],
  );
  await pool.end();
  const store = await open(url);
  const [upgraded] = await store.read((snapshot) => snapshot.heads(['t1']));
  expect(ticketHeadSchema.safeParse(upgraded).error).toBeUndefined();
});

test('[S1] two desk processes on one database lose nothing and share one order', async () => {
  const url = await server.freshDatabase();
  const one = await testDesk(await open(url));
  const other = await startDesk(await open(url), testSurroundings());
  for (const id of ['t1', 't2']) await takeSubmission(one.desk, submission(id));
  const reader = testConsole(other, one.agents[1], 'c-reader');
  let isOver = false;
  const reading = (async () => {
    while (!isOver) {
      await reader.pull({ limit: 5 });
      // Answered from memory, it would let nothing else run.
      await new Promise(setImmediate);
    }
  })();
  await Promise.all(
    [one.desk, other, one.desk, other].map(async (desk, index) => {
      const each = testConsole(desk, one.agents[0], `c-${index}`);
      for (let n = 0; n < 25; n += 1) {
        const note = { kind: 'note', text: `${index} ${n}` } as const;
        expect(kinds(await each.push(each.command(`t${1 + (n % 2)}`, note)))).toEqual(['applied']);
      }
    }),
  );
  isOver = true;
  await reading;
  await reader.pullToHead();
  expect(reader.entries.size).toBe(2 + 100);
  const versions = [...reader.entries.values()].map((entry) => entry.version);
  expect(new Set(versions).size).toBe(102);
  expect(Math.max(...versions)).toBe(reader.cursor()?.version);
});

test('[S2] the same command pushed to two desk processes at once is decided once', async () => {
  const url = await server.freshDatabase();
  const one = await testDesk(await open(url));
  const other = await startDesk(await open(url), testSurroundings());
  await takeSubmission(one.desk, submission('t1'));
  const ann = testConsole(one.desk, one.agents[0], 'c-ann');
  const twin = testConsole(other, one.agents[0], 'c-ann');
  for (let n = 0; n < 20; n += 1) {
    const command = ann.command('t1', { kind: 'note', text: `note ${n}` });
    const [here, there] = await Promise.all([ann.push(command), twin.push(command)]);
    expect(here).toEqual(there);
  }
  await ann.pullToHead();
  expect(ann.entries.size).toBe(21);
});

test('[S16] an upload begun at one desk process goes on at another, which serves it', async () => {
  const url = await server.freshDatabase();
  const one = await testDesk(await open(url));
  const other = await startDesk(await open(url), testSurroundings());
  await takeSubmission(one.desk, submission('t1'));
  const bytes = someBytes(300_000);
  const file = fileOf(bytes);
  const [ann] = one.agents;
  for (let at = 0, turn = 0; at < file.size; at += 100_000, turn += 1) {
    const desk = turn % 2 === 0 ? one.desk : other;
    expect(await blobStanding(desk, ann, file)).toEqual({ offset: at, whole: false });
    await receivePart(desk, ann, { ...file, at, bytes: bytes.subarray(at, at + 100_000) });
  }
  const console = testConsole(other, ann, 'c-ann');
  expect(kinds(await console.push(console.command('t1', noteWith(file))))).toEqual(['applied']);
  const read = await readBlob(one.desk.store, one.agents[1], file.hash);
  expect(new Uint8Array(await new Response(read?.stream).arrayBuffer())).toEqual(bytes);
});

test('[S16] two desk processes that end one upload at once keep one file', async () => {
  const url = await server.freshDatabase();
  const one = await testDesk(await open(url));
  const other = await startDesk(await open(url), testSurroundings());
  for (let seed = 1; seed <= 40; seed += 1) {
    const bytes = someBytes(50_000, seed);
    const file = fileOf(bytes);
    const [ann, bob] = one.agents;
    const part = { ...file, at: 0, bytes };
    const ends = await Promise.all([
      receivePart(one.desk, ann, part),
      receivePart(other, ann, part),
      receivePart(other, bob, part),
    ]);
    for (const end of ends) expect(end.ok && end.value).toEqual({ offset: 50_000, whole: true });
    const stored = await other.store.blobs.blob(file.hash);
    expect(await other.store.blobs.part(stored?.content ?? '', 0)).toHaveLength(50_000);
  }
});
