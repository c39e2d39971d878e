import { afterEach, beforeEach, expect, test } from 'vitest';
import { beginEpoch } from '../../server/backup/new-epoch.ts';
import { listen } from '../../server/http/listen.ts';
import type { Listener } from '../../server/http/listen.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { memoryStore } from '../../server/store/memory.ts';
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
import { shownCommands } from '../journal/pending.ts';

/** A desk that is put back from a backup (S7). */

let bench: SyncBench;
let listeners: Listener[] = [];

beforeEach(async () => {
  bench = await syncBench();
});
afterEach(async () => {
  await bench.close();
  for (const each of listeners) await each.close();
  listeners = [];
});

/** The desk as the backup has it: two tickets. */
async function deskOfBackup(): Promise<TestDesk> {
  const served = await testDesk(memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }));
  for (const id of ['t1', 't2']) await takeSubmission(served.desk, submission(id));
  return served;
}

async function serve({ desk }: TestDesk): Promise<void> {
  const listener = await listen(desk, { host: '127.0.0.1', port: 0 });
  listeners.push(listener);
  bench.address = { url: listener.url, token: tokenOf('ann') };
}

/** Puts a desk of the backup in the place of the one that is there. */
async function restoreDesk(): Promise<TestDesk> {
  const restored = await deskOfBackup();
  await beginEpoch(restored.desk);
  await listeners.pop()?.close();
  await serve(restored);
  return restored;
}

test('[S7] stops and asks; after the yes what the desk lost is there again, once, and replies come back as held', async () => {
  const before = await deskOfBackup();
  await serve(before);
  const { journal, watch, sync } = await bench.start();
  const replica = replicaModel();
  sync.feed.connect(replica.port);
  replica.hello();
  await eventually(() => {
    expect(sync.status().connection).toBe('online');
    expect(replica.rows.size).toBe(2);
  });
  const seen = watch.meta().cursor?.version ?? 0;
  const note = await submitTo(journal, 't1', { kind: 'note', text: 'lost by the desk' }, seen);
  const reply = await submitTo(journal, 't2', { kind: 'reply', text: 'May have arrived' }, seen);
  sync.wake();
  await eventually(() => {
    expect(journal.state.commands.get(reply)?.left).toBe('settled');
    expect(journal.state.commands.get(note)?.left).toBe('settled');
  });
  // A ticket that comes in after the backup: its version is used again for something else.
  await takeSubmission(before.desk, submission('t-lost'));
  await eventually(() => {
    expect(watch.has('t-lost')).toBe(true);
  });

  const restored = await restoreDesk();
  sync.wake();
  await eventually(() => {
    expect(sync.status()).toMatchObject({ connection: 'stopped', question: { kind: 'restored' } });
  });
  // Everything is kept until the agent has said something, and a no changes nothing.
  sync.answer('restored', false);
  sync.wake();
  expect(watch.has('t-lost')).toBe(true);
  expect(replica.rows.has('t-lost')).toBe(true);
  expect(sync.status().connection).toBe('stopped');

  sync.answer('restored', true);
  await eventually(() => {
    expect(sync.status()).toMatchObject({ connection: 'online', question: null });
    expect(shownCommands(journal.state).map(({ command, state }) => [command.id, state])).toEqual([
      [reply, 'held'],
    ]);
    expect([...watch.tickets().keys()].toSorted()).toEqual(['t1', 't2']);
    expect([...replica.rows.keys()].toSorted()).toEqual(['t1', 't2']);
  });
  expect(journal.state.commands.get(reply)?.outcome).toMatchObject({ because: 'after-restore' });
  expect(watch.meta().cursor?.epoch).toBe(restored.desk.known().epoch);
  expect(watch.tickets().get('t1')?.version).toBe(
    journal.state.commands.get(note)?.outcome?.version,
  );
}, 20_000);

test('[S7] the program ends between the yes and the end of it: it goes on at the next start, without asking again', async () => {
  await serve(await deskOfBackup());
  const first = await bench.start();
  await eventually(() => {
    expect(first.sync.status().connection).toBe('online');
  });
  await submitTo(first.journal, 't1', { kind: 'note', text: 'lost by the desk' });
  first.sync.wake();
  await eventually(() => {
    expect(statesIn(first.journal)).toEqual(['accepted']);
  });
  const { desk } = await restoreDesk();
  const { epoch, epochVersion } = desk.known();
  first.sync.stop();
  // The journal knows, the watch table does not yet.
  await first.journal.restore(epoch, epochVersion);
  await bench.end(first);
  const second = await bench.start();
  expect(statesIn(second.journal)).toEqual(['sent']);
  await eventually(() => {
    expect(second.sync.status().connection).toBe('online');
    expect(statesIn(second.journal)).toEqual(['accepted']);
    expect(second.watch.meta().cursor?.epoch).toBe(epoch);
  });
});

test('[S7] also without a watch table the journal knows that the desk is in another life', async () => {
  await serve(await deskOfBackup());
  const first = await bench.start();
  await submitTo(first.journal, 't1', { kind: 'note', text: 'lost by the desk' });
  await eventually(() => {
    expect(statesIn(first.journal)).toEqual(['accepted']);
  });
  await restoreDesk();
  first.sync.stop();
  await first.watch.rebuild();
  await bench.end(first);
  const second = await bench.start();
  await eventually(() => {
    expect(second.sync.status().question).toEqual({ kind: 'restored' });
  });
  expect(statesIn(second.journal)).toEqual(['accepted']);
});
