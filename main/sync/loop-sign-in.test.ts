import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from '../../server/http/listen.ts';
import type { Listener } from '../../server/http/listen.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { memoryStore } from '../../server/store/memory.ts';
import { err } from '../../shared/base/result.ts';
import { MINUTE_MS } from '../../shared/base/time.ts';
import { submission, testDesk, tokenOf } from '../../test/helpers/desk.ts';
import type { TestDesk } from '../../test/helpers/desk.ts';
import {
  eventually,
  replicaModel,
  statesIn,
  submitTo,
  syncBench,
} from '../../test/helpers/sync-bench.ts';
import type { SyncBench } from '../../test/helpers/sync-bench.ts';
import type { DeskClient } from './desk-client.ts';
import type { DeskFault } from './desk-fault.ts';

/** What becomes of sync when the desk no longer takes the sign-in, against a desk on loopback. */

let bench: SyncBench;
let served: TestDesk;
let listener: Listener;

beforeEach(async () => {
  bench = await syncBench();
  served = await testDesk(memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }));
  listener = await listen(served.desk, { host: '127.0.0.1', port: 0 });
  bench.address = { url: listener.url, token: tokenOf('ann') };
  for (const id of ['t1', 't2']) await takeSubmission(served.desk, submission(id));
});
afterEach(async () => {
  await bench.close();
  await listener.close();
});

/** A desk that answers everything with a fault as long as it has one. */
function refusing() {
  const at: { fault: DeskFault | null } = { fault: null };
  const refuse =
    <Request, Answer>(real: (request: Request) => Promise<Answer>) =>
    (request: Request) =>
      at.fault === null ? real(request) : Promise.resolve(err(at.fault));
  const client = (real: DeskClient): DeskClient => ({
    ...real,
    info: () => (at.fault === null ? real.info() : Promise.resolve(err(at.fault))),
    pull: refuse(real.pull),
    push: refuse(real.push),
    fetchRows: refuse(real.fetchRows),
  });
  return { at, client };
}
const expired: DeskFault = { kind: 'signed-out', message: 'Your sign-in has ended.' };
const revoked: DeskFault = { kind: 'revoked', message: 'Your sign-in was taken away.' };

test('[S9] expired: work goes on and waits, nothing is lost from view, a sign-in lets it go', async () => {
  const { at, client } = refusing();
  const { journal, watch, sync } = await bench.start({ client });
  const replica = replicaModel();
  sync.feed.connect(replica.port);
  replica.hello();
  await eventually(() => {
    expect(replica.rows.size).toBe(2);
  });
  at.fault = expired;
  sync.wake();
  await eventually(() => {
    expect(sync.status()).toMatchObject({ connection: 'signed-out', reason: expired.message });
  });
  await submitTo(journal, 't1', { kind: 'note', text: 'kept' });
  expect(watch.tickets().size).toBe(2);
  expect(replica.rows.size).toBe(2);
  at.fault = null;
  sync.signedIn();
  await eventually(() => {
    expect(sync.status().connection).toBe('online');
    expect(journal.state.commands.size).toBe(1);
    expect(statesIn(journal)).toEqual([]);
  });
});

test('[S9] revoked: replica and watch table are emptied, the journal stays, over a restart and offline', async () => {
  const { at, client } = refusing();
  const first = await bench.start({ client });
  const replica = replicaModel();
  first.sync.feed.connect(replica.port);
  replica.hello();
  await eventually(() => {
    expect(replica.rows.size).toBe(2);
  });
  at.fault = revoked;
  await submitTo(first.journal, 't1', { kind: 'note', text: 'not sent any more' });
  first.sync.wake();
  await eventually(() => {
    expect(first.sync.status().connection).toBe('revoked');
    expect(replica.rows.size).toBe(0);
    expect(first.watch.tickets().size).toBe(0);
  });
  await bench.end(first);
  // No desk at all, and a page whose replica was not there when it happened.
  bench.address = null;
  at.fault = null;
  const second = await bench.start({ client });
  expect(second.sync.status().connection).toBe('revoked');
  const late = replicaModel();
  late.rows.set('t1', 1);
  second.sync.feed.connect(late.port);
  late.hello();
  await eventually(() => {
    expect(late.rows.size).toBe(0);
  });
  expect(await second.watch.firstRows()).toEqual([]);
  expect(statesIn(second.journal)).toEqual(['queued']);
  expect(second.sync.status().connection).toBe('revoked');
  // Taken back into the team.
  bench.address = { url: listener.url, token: tokenOf('ann') };
  second.sync.signedIn();
  await eventually(() => {
    expect(second.sync.status().connection).toBe('online');
    expect(late.rows.size).toBe(2);
    expect(second.watch.tickets().size).toBe(2);
    expect(statesIn(second.journal)).toEqual([]);
  });
});

test('[S9] [S5] a token of another agent that gets in all the same stops it before anything is pushed', async () => {
  const { journal, sync } = await bench.start();
  await eventually(() => {
    expect(sync.status().connection).toBe('online');
  });
  bench.address = { url: listener.url, token: tokenOf('bob') };
  await submitTo(journal, 't1', { kind: 'note', text: 'of Ann' });
  sync.signedIn();
  await eventually(() => {
    expect(sync.status().connection).toBe('stopped');
  });
  expect(statesIn(journal)).toEqual(['queued']);
  // Ann signs in: it goes on.
  bench.address = { url: listener.url, token: tokenOf('ann') };
  sync.signedIn();
  await eventually(() => {
    expect(statesIn(journal)).toEqual(['accepted']);
  });
});

test('[S6] 500 edits that were made signed out are at the desk within 60 s, in order and once', async () => {
  const { at, client } = refusing();
  at.fault = expired;
  const { journal, sync } = await bench.start({ client });
  for (let n = 0; n < 500; n += 1)
    await submitTo(journal, n % 2 === 0 ? 't1' : 't2', { kind: 'note', text: `Edit ${n}.` });
  at.fault = null;
  const startedAt = performance.now();
  sync.signedIn();
  await eventually(() => {
    expect(statesIn(journal).every((state) => state === 'accepted')).toBe(true);
  });
  expect(performance.now() - startedAt).toBeLessThan(MINUTE_MS);
  const versions = [...journal.state.commands.values()].map(({ outcome }) => outcome?.version ?? 0);
  expect(new Set(versions).size).toBe(500);
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
});

test('[S11] a desk that finds this console too old: told, and the journal is kept', async () => {
  const { at, client } = refusing();
  at.fault = {
    kind: 'too-old',
    message: 'This console is too old for the desk: update the console.',
  };
  const { journal, sync } = await bench.start({ client });
  await submitTo(journal, 't1', { kind: 'note', text: 'kept' });
  await eventually(() => {
    expect(sync.status()).toMatchObject({
      connection: 'stopped',
      reason: at.fault?.message,
      question: null,
    });
  });
  expect(statesIn(journal)).toEqual(['queued']);
});

test('[S17] a reply goes out after 5 s by itself, and not if it was withdrawn', async () => {
  const { journal, sync } = await bench.start();
  await eventually(() => {
    expect(sync.status().connection).toBe('online');
  });
  const kept = await submitTo(journal, 't1', { kind: 'reply', text: 'Stays' });
  const taken = await submitTo(journal, 't2', { kind: 'reply', text: 'Taken back' });
  sync.wake();
  expect(await journal.withdraw(taken)).toEqual({ ok: true, value: true });
  await eventually(() => {
    expect(journal.state.commands.get(kept)?.outcome?.kind).toBe('applied');
  });
  expect([...journal.state.commands.keys()]).toEqual([kept]);
}, 15_000);
