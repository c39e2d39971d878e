import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY_MS } from '../../shared/base/time.ts';
import type { Alert } from './decide.ts';
import { openLedger, recordOf } from './ledger.ts';
import type { AlertLedger } from './ledger.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const bornAt = 1_000 * DAY_MS;
let directory: string;
let ledger: AlertLedger;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ledger-'));
  ledger = await openLedger(directory, bornAt, log);
});
afterEach(async () => {
  await ledger.close();
  await rm(directory, { recursive: true, force: true });
});

async function reopen(nowMs: number): Promise<void> {
  await ledger.close();
  ledger = await openLedger(directory, nowMs, log);
}

const alert: Alert = {
  key: 't1|C1|500|due',
  ticketId: 't1',
  reference: 'VH-1',
  subject: 'Down',
  organisation: 'Acme',
  clock: 'C1',
  severity: 'critical',
  dueAt: 500,
  edgeAt: 500,
  repeats: false,
};

test('[A2] what was about to be shown is known after a restart, and is not given singly again', async () => {
  await ledger.put([recordOf(alert, bornAt, 'to-be-shown', null)]);
  await reopen(bornAt + 1);
  expect(ledger.has(alert.key)).toBe(true);
  expect(ledger.unknown().map(({ key }) => key)).toEqual([alert.key]);
});

test('[A2] edges from before the ledger was there are not given, also after a restart', async () => {
  expect(ledger.sinceAt).toBe(bornAt);
  await reopen(bornAt + DAY_MS);
  expect(ledger.sinceAt).toBe(bornAt);
});

test('[A4] rows are listed newest first and forgotten after 30 days', async () => {
  await ledger.put([
    recordOf(alert, bornAt, 'shown', null),
    recordOf({ ...alert, key: 'later' }, bornAt + 10 * DAY_MS, 'failed', 'no service'),
  ]);
  expect(ledger.list(10).map(({ key }) => key)).toEqual(['later', alert.key]);
  await reopen(bornAt + 31 * DAY_MS);
  expect(ledger.list(10).map(({ key }) => key)).toEqual(['later']);
  // What it has forgotten must not be given again.
  expect(ledger.sinceAt).toBe(bornAt + DAY_MS);
});

test('[A5] an acknowledgement is for that ticket, clock and due, and lasts', async () => {
  await ledger.acknowledge('t1', [alert], bornAt);
  await reopen(bornAt + 1);
  expect(ledger.isAcknowledged('t1', 'C1', 500)).toBe(true);
  expect(ledger.isAcknowledged('t1', 'C1', 501)).toBe(false);
  expect(ledger.isAcknowledged('t1', 'C3', 500)).toBe(false);
  expect(ledger.isAcknowledged('t2', 'C1', 500)).toBe(false);
});

test('a row that cannot be understood goes alone', async () => {
  await ledger.put([recordOf(alert, bornAt, 'acknowledged', null)]);
  await ledger.close();
  const db = new ClassicLevel(directory);
  await db.put('a:bad', '{"key":');
  await db.put('a:other', '{"key":1}');
  await db.close();
  ledger = await openLedger(directory, bornAt, log);
  expect(ledger.list(10).map(({ key }) => key)).toEqual([alert.key]);
  expect(ledger.isAcknowledged('t1', 'C1', 500)).toBe(true);
});

test('a bad block does not stop the console: the ledger is made anew', async () => {
  await ledger.put(
    Array.from({ length: 500 }, (_, n) =>
      recordOf({ ...alert, key: `k${n}` }, bornAt, 'shown', null),
    ),
  );
  await ledger.close();
  const db = new ClassicLevel(directory);
  await db.compactRange('a', 'z');
  await db.close();
  for (const name of await readdir(directory)) {
    if (!name.endsWith('.ldb')) continue;
    const bytes = await readFile(join(directory, name));
    bytes.fill(0xff, 100, Math.floor(bytes.byteLength / 2));
    await writeFile(join(directory, name), bytes);
  }
  ledger = await openLedger(directory, bornAt + 1, log);
  expect(ledger.list(10)).toEqual([]);
  expect(ledger.sinceAt).toBe(bornAt + 1);
});
