import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen } from '../../server/http/listen.ts';
import type { Listener } from '../../server/http/listen.ts';
import { putAgent } from '../../server/agents/add-agent.ts';
import { hashToken } from '../../server/agents/tokens.ts';
import { moveTicket } from '../../server/intake/move-ticket.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { memoryStore } from '../../server/store/memory.ts';
import { ok } from '../../shared/base/result.ts';
import { joinPage, splitPage } from '../../shared/protocol/page.ts';
import { pageEnvelopeSchema } from '../../shared/protocol/pull.ts';
import { submission, testConsole, testDesk, tokenOf } from '../../test/helpers/desk.ts';
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

/** First sync, removals and lost sight, against a real desk on loopback. */

let bench: SyncBench;
let served: TestDesk;
let listener: Listener;

beforeEach(async () => {
  bench = await syncBench();
  served = await testDesk(memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }));
  listener = await listen(served.desk, { host: '127.0.0.1', port: 0 });
  bench.address = { url: listener.url, token: tokenOf('ann') };
});
afterEach(async () => {
  await bench.close();
  await listener.close();
});

const ticketIds = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `t${String(n).padStart(4, '0')}`);
const take = async (ids: readonly string[]): Promise<void> => {
  for (const id of ids) await takeSubmission(served.desk, submission(id));
};

/** A client whose answers with rows wait until they are let through. */
function gated() {
  const waiting: (() => void)[] = [];
  let isOpen = false;
  const client = (real: DeskClient): DeskClient => ({
    ...real,
    fetchRows: async (request) => {
      const answer = await real.fetchRows(request);
      if (!isOpen)
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      return answer;
    },
  });
  return {
    client,
    waiting,
    open: () => {
      isOpen = true;
      for (const release of waiting) release();
    },
  };
}

test('[S8] the first rows are there after the first fetch, the replica is served meanwhile, and all comes', async () => {
  const ids = ticketIds(1_200);
  await take(ids);
  const gate = gated();
  const firsts: boolean[] = [];
  const { watch, sync } = await bench.start({
    client: gate.client,
    told: { fetched: ({ isFirst }) => firsts.push(isFirst) },
  });
  const replica = replicaModel();
  sync.feed.connect(replica.port);
  replica.hello();
  await eventually(() => {
    expect(gate.waiting).toHaveLength(1);
  });
  expect(sync.status()).toMatchObject({
    connection: 'online',
    progress: { of: 'tickets', done: 0, total: 1_200 },
  });
  // The replica has the list from the same page, and no row is asked for it yet: the watch table comes first (S13).
  expect(replica.wanted()).toBe(1_200);
  expect(replica.rows.size).toBe(0);
  gate.waiting[0]?.();
  await eventually(() => {
    expect(watch.tickets().size).toBe(500);
    expect(gate.waiting).toHaveLength(3);
  });
  expect(await watch.firstRows()).toHaveLength(200);
  gate.open();
  await eventually(() => {
    expect(watch.tickets().size).toBe(1_200);
    expect(replica.rows.size).toBe(1_200);
    expect(sync.status().progress).toBeNull();
  });
  expect(firsts).toEqual([true, false, false]);
  expect(replica.entries.size).toBeGreaterThanOrEqual(1_200);
});

test('[S8] what the agent does during a first sync goes out before it is over', async () => {
  await take(ticketIds(600));
  const gate = gated();
  const { journal, sync, watch } = await bench.start({ client: gate.client });
  await eventually(() => {
    expect(gate.waiting).toHaveLength(1);
  });
  await submitTo(journal, 't0001', { kind: 'note', text: 'while it syncs' });
  sync.wake();
  gate.waiting[0]?.();
  await eventually(() => {
    expect(statesIn(journal)).toEqual(['accepted']);
  });
  expect(watch.wanted().count).toBe(100);
});

test('[S4] an accepted command stays pending until its row is fetched', async () => {
  await take(ticketIds(600));
  const gate = gated();
  const { journal, sync, watch } = await bench.start({ client: gate.client });
  const replica = replicaModel();
  sync.feed.connect(replica.port);
  replica.hello();
  await eventually(() => {
    expect(gate.waiting).toHaveLength(1);
  });
  const last = watch.nextWanted(600).at(-1) ?? '';
  await submitTo(journal, last, { kind: 'note', text: 'on a row that is not here' });
  sync.wake();
  gate.waiting[0]?.();
  await eventually(() => {
    expect(statesIn(journal)).toEqual(['accepted']);
    expect(gate.waiting.length).toBeGreaterThan(1);
  });
  gate.open();
  await eventually(() => {
    expect(statesIn(journal)).toEqual([]);
  });
});

test('[S8] killed in the middle it goes on, and asks for next to nothing twice', async () => {
  const ids = ticketIds(1_200);
  await take(ids);
  const gate = gated();
  const first = await bench.start({ client: gate.client });
  await eventually(() => {
    expect(gate.waiting).toHaveLength(1);
  });
  gate.waiting[0]?.();
  await eventually(() => {
    expect(gate.waiting).toHaveLength(2);
  });
  await bench.end(first);
  const asked: number[] = [];
  const second = await bench.start({
    client: (real) => ({
      ...real,
      fetchRows: (request) => {
        asked.push(request.ids.length);
        return real.fetchRows(request);
      },
    }),
  });
  await eventually(() => {
    expect(second.watch.tickets().size).toBe(1_200);
  });
  expect(asked).toEqual([500, 200]);
});

test('[S14] a ticket that goes to another team leaves both caches, and its outcomes keep only own words', async () => {
  await take(['t1', 't2']);
  const { journal, watch, sync } = await bench.start();
  const replica = replicaModel();
  sync.feed.connect(replica.port);
  replica.hello();
  const bob = testConsole(served.desk, served.agents[1], 'console-2');
  await bob.pullToHead();
  await eventually(() => {
    expect(replica.rows.size).toBe(2);
  });
  await bob.push(bob.command('t1', { kind: 'set-severity', severity: 'critical', reason: null }));
  await submitTo(journal, 't1', { kind: 'set-severity', severity: 'low', reason: null }, 1);
  sync.wake();
  await eventually(() => {
    expect(statesIn(journal)).toEqual(['superseded']);
  });
  const [superseded] = journal.state.commands.values();
  expect(superseded?.outcome).toMatchObject({ standing: 'critical', standingAgentId: 'bob' });
  await moveTicket(served.desk, watch.tickets().get('t1')?.reference ?? '', 'mail');
  await eventually(() => {
    expect(watch.has('t1')).toBe(false);
    expect([...replica.rows.keys()]).toEqual(['t2']);
  });
  const [stripped] = journal.state.commands.values();
  expect(stripped).toMatchObject({
    gone: true,
    outcome: { kind: 'superseded', standing: '', standingAgentId: null },
  });
});

test('[S14] other rights: what is lost goes, what is gained is fetched, and nobody is asked', async () => {
  await take(ticketIds(80));
  for (const id of ['m1', 'm2'])
    await takeSubmission(served.desk, submission(id, { teamId: 'mail' }));
  const { watch, sync } = await bench.start();
  const replica = replicaModel();
  sync.feed.connect(replica.port);
  replica.hello();
  await eventually(() => {
    expect(replica.rows.size).toBe(80);
  });
  await putAgent(
    served.desk,
    { id: 'ann', name: 'Ann', role: 'agent', teamIds: ['mail'] },
    hashToken(tokenOf('ann')),
  );
  await eventually(() => {
    expect([...watch.tickets().keys()].toSorted()).toEqual(['m1', 'm2']);
    expect([...replica.rows.keys()].toSorted()).toEqual(['m1', 'm2']);
  });
  expect(sync.status()).toMatchObject({ connection: 'online', question: null });
});

test('[S7] a list that takes most of the tickets without a cause: all is kept until the agent says yes', async () => {
  const ids = ticketIds(100);
  await take(ids);
  let shorten = false;
  const short = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
    const parts = splitPage(bytes);
    if (!parts.ok) throw new Error(parts.error.message);
    const envelope = pageEnvelopeSchema.parse(
      JSON.parse(new TextDecoder().decode(parts.value.envelope)),
    );
    const list = { open: ids.slice(0, 10), ended: [], cause: null };
    const text = JSON.stringify({ ...envelope, list });
    return new Uint8Array(joinPage({ ...parts.value, envelope: new TextEncoder().encode(text) }));
  };
  const { watch, sync } = await bench.start({
    client: (real) => ({
      ...real,
      pull: async (request) => {
        const page = await real.pull(request);
        if (!page.ok || !shorten || page.value.envelope.policy !== null) return page;
        const bytes = short(page.value.bytes);
        const list = { open: ids.slice(0, 10), ended: [], cause: null };
        return ok({ ...page.value, bytes, envelope: { ...page.value.envelope, list } });
      },
    }),
  });
  await eventually(() => {
    expect(watch.tickets().size).toBe(100);
  });
  shorten = true;
  await take(['t-new']);
  await eventually(() => {
    expect(sync.status()).toMatchObject({
      connection: 'stopped',
      question: { kind: 'short-list', removing: 90, held: 100 },
    });
  });
  sync.answer('short-list', false);
  sync.wake();
  expect(sync.status().connection).toBe('stopped');
  expect(watch.tickets().size).toBe(100);
  sync.answer('short-list', true);
  await eventually(() => {
    expect(watch.tickets().size).toBe(10);
    expect(sync.status()).toMatchObject({ connection: 'online', question: null });
  });
});
