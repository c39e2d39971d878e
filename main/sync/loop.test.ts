import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from '../../server/http/listen.ts';
import type { Listener } from '../../server/http/listen.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { memoryStore } from '../../server/store/memory.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { TEST_NOW, submission, testDesk, tokenOf } from '../../test/helpers/desk.ts';
import type { TestDesk } from '../../test/helpers/desk.ts';
import {
  eventually,
  replicaModel,
  statesIn,
  submitTo,
  syncBench,
} from '../../test/helpers/sync-bench.ts';
import type { SyncBench } from '../../test/helpers/sync-bench.ts';
import { shownCommands } from '../journal/pending.ts';
import { deskClient } from './desk-client.ts';

let bench: SyncBench;
let served: TestDesk;
let listener: Listener | null;

beforeEach(async () => {
  bench = await syncBench();
  served = await testDesk(memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }));
  listener = await listen(served.desk, { host: '127.0.0.1', port: 0 });
  bench.address = { url: listener.url, token: tokenOf('ann') };
  for (const id of ['t1', 't2']) await takeSubmission(served.desk, submission(id));
});
afterEach(async () => {
  await bench.close();
  await listener?.close();
});

test('[S13] open tickets come into the watch table with their cursor', async () => {
  const { watch, sync } = await bench.start();
  await eventually(() => {
    expect(sync.status().connection).toBe('online');
    expect([...watch.tickets().keys()].toSorted()).toEqual(['t1', 't2']);
  });
  expect(watch.meta().cursor?.version).toBe(served.desk.known().version);
  expect(watch.meta().agents.map(({ id }) => id)).toEqual(['ann', 'bob']);
  expect((await watch.firstRows()).map(({ head }) => head.id)).toHaveLength(2);
});

test('[S4] a command goes out, is accepted, and leaves pending when both caches hold it', async () => {
  const { journal, sync } = await bench.start();
  await eventually(() => {
    expect(sync.status().connection).toBe('online');
  });
  await submitTo(journal, 't1', { kind: 'assign', assignee: 'ann' });
  sync.wake();
  await eventually(() => {
    expect(statesIn(journal)).toEqual(['accepted']);
  });
  const { port, hello, rows, entries } = replicaModel();
  sync.feed.connect(port);
  hello();
  await eventually(() => {
    expect(statesIn(journal)).toEqual([]);
  });
  expect([...rows.keys()].toSorted()).toEqual(['t1', 't2']);
  expect(entries.size).toBeGreaterThan(2);
});

test('[S6] written without a desk: sent in order, once, when it is there', async () => {
  bench.address = null;
  const { journal, sync } = await bench.start();
  for (const text of ['one', 'two', 'three']) await submitTo(journal, 't1', { kind: 'note', text });
  expect(statesIn(journal)).toEqual(['queued', 'queued', 'queued']);
  bench.address = { url: listener?.url ?? '', token: tokenOf('ann') };
  sync.wake();
  await eventually(() => {
    expect(statesIn(journal)).toEqual(['accepted', 'accepted', 'accepted']);
  });
  const versions = shownCommands(journal.state).map(({ outcome }) => outcome?.version ?? 0);
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
});

test('[S2] killed between send and answer: the same again, and one effect', async () => {
  const first = await bench.start();
  await eventually(() => {
    expect(first.sync.status().connection).toBe('online');
  });
  first.sync.stop();
  const id = await submitTo(first.journal, 't1', { kind: 'note', text: 'only once' });
  const taken = await first.journal.takeForPush(256);
  const pushed = await deskClient(
    () => bench.address,
    () => 0,
  ).push({
    protocol: 1,
    consoleId: 'console-1',
    deskId: 'desk-1',
    commands: taken.ok ? taken.value.commands : [],
  });
  expect(pushed.ok).toBe(true);
  // The answer is lost with the process.
  await bench.end(first);
  const versionBefore = served.desk.known().version;
  const second = await bench.start();
  expect(statesIn(second.journal)).toEqual(['sent']);
  await eventually(() => {
    expect(statesIn(second.journal)).toEqual(['accepted']);
  });
  expect(second.journal.state.commands.get(id)?.outcome).toEqual(
    pushed.ok && pushed.value.answers[0]?.kind === 'decided' && pushed.value.answers[0].outcome,
  );
  expect(served.desk.known().version).toBe(versionBefore);
});

test('[S6] a poke brings in what happened elsewhere', async () => {
  const { watch, sync } = await bench.start();
  await eventually(() => {
    expect(sync.status().connection).toBe('online');
  });
  await takeSubmission(served.desk, submission('t3'));
  await eventually(() => {
    expect(watch.has('t3')).toBe(true);
  });
});

test('[S6] the desk goes and comes back: offline, then everything drains', async () => {
  const { journal, sync } = await bench.start();
  await eventually(() => {
    expect(sync.status().connection).toBe('online');
  });
  await listener?.close();
  sync.wake();
  await eventually(() => {
    expect(sync.status()).toMatchObject({ connection: 'offline' });
  });
  expect(sync.status().reason).toMatch(/cannot be reached/);
  await submitTo(journal, 't2', { kind: 'note', text: 'offline' });
  listener = await listen(served.desk, { host: '127.0.0.1', port: 0 });
  bench.address = { url: listener.url, token: tokenOf('ann') };
  await eventually(() => {
    expect(statesIn(journal)).toEqual(['accepted']);
    expect(sync.status().connection).toBe('online');
  });
});

test('[S9] a token that is not taken: signed out, and work goes on', async () => {
  bench.address = { url: listener?.url ?? '', token: 'wrong-token-0123456789-0123456789' };
  const { journal, sync } = await bench.start();
  await eventually(() => {
    expect(sync.status().connection).toBe('signed-out');
  });
  await submitTo(journal, 't1', { kind: 'note', text: 'still saved' });
  bench.address = { url: listener?.url ?? '', token: tokenOf('ann') };
  sync.wake();
  await eventually(() => {
    expect(statesIn(journal)).toEqual(['accepted']);
  });
});

test('[S5] never pushed as another agent', async () => {
  bench.address = { url: listener?.url ?? '', token: tokenOf('bob') };
  const { journal, sync } = await bench.start();
  await submitTo(journal, 't1', { kind: 'note', text: 'of Ann' });
  await eventually(() => {
    expect(sync.status().connection).toBe('stopped');
  });
  expect(statesIn(journal)).toEqual(['queued']);
});

test('[S13] at the next start tickets are there before any desk is', async () => {
  const first = await bench.start();
  await eventually(() => {
    expect(first.watch.tickets().size).toBe(2);
  });
  await bench.end(first);
  bench.address = null;
  const second = await bench.start();
  expect((await second.watch.firstRows()).map(({ head }) => head.id).toSorted()).toEqual([
    't1',
    't2',
  ]);
  await second.watch.loaded;
  expect(second.watch.tickets().size).toBe(2);
  expect(second.watch.meta().policy?.version).toBe(1);
});

test('[C9] every pull measures the clock of the desk, not only the first answer', async () => {
  const { clock, sync, watch } = await bench.start();
  await eventually(() => {
    expect(sync.status().connection).toBe('online');
    expect(watch.meta().cursor).not.toBeNull();
  });
  expect(Math.abs(clock.nowMs() - TEST_NOW)).toBeLessThan(MINUTE_MS);
  served.around.setNow(TEST_NOW + HOUR_MS);
  sync.wake();
  await eventually(() => {
    expect(Math.abs(clock.nowMs() - TEST_NOW - HOUR_MS)).toBeLessThan(MINUTE_MS);
  });
  const { confirmedAt } = clock.facts();
  expect(watch.meta().confirmedAt).toBe(confirmedAt);
  expect(Date.now() + (watch.meta().offsetMs ?? 0)).toBeGreaterThan(TEST_NOW + HOUR_MS - 1_000);
});
