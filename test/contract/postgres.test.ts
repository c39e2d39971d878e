import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeSubmission } from '../../server/intake/intake.ts';
import { startDesk } from '../../server/desk.ts';
import type { Store } from '../../server/store/contract.ts';
import { openPostgres } from '../../server/store/sql/postgres.ts';
import { kinds, submission, testConsole, testDesk, testSurroundings } from '../helpers/desk.ts';
import { startPostgres } from '../helpers/postgres-server.ts';
import type { PostgresServer } from '../helpers/postgres-server.ts';
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

storeContract('PostgreSQL', async () => ({
  fresh: async () => open(await server.freshDatabase()),
  end: async () => undefined,
}));

test('[S1] two desk processes on one database lose nothing and share one order', async () => {
  const url = await server.freshDatabase();
  const one = await testDesk(await open(url));
  const other = await startDesk(await open(url), testSurroundings());
  for (const id of ['t1', 't2']) await takeSubmission(one.desk, submission(id));
  const reader = testConsole(other, one.agents[1], 'c-reader');
  let isOver = false;
  const reading = (async () => {
    while (!isOver) await reader.pull({ limit: 5 });
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
