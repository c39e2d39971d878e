import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listen } from '../../server/http/listen.ts';
import type { Listener } from '../../server/http/listen.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { memoryStore } from '../../server/store/memory.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import type { ToWorker } from '../../shared/bridge/replica-port.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { TEST_NOW, submission, testDesk, tokenOf } from '../../test/helpers/desk.ts';
import type { TestDesk } from '../../test/helpers/desk.ts';
import { parsePage } from '../../test/helpers/desk.ts';
import { openJournalFile } from '../journal/journal-file.ts';
import { openJournal } from '../journal/journal.ts';
import type { Journal } from '../journal/journal.ts';
import { shownCommands } from '../journal/pending.ts';
import { openWatchStore } from '../watch/watch-store.ts';
import { openWatchTable } from '../watch/watch-table.ts';
import type { WatchTable } from '../watch/watch-table.ts';
import { deskClient } from './desk-client.ts';
import type { DeskAddress } from './desk-client.ts';
import { deskClock } from './desk-clock.ts';
import { machineTimers } from './machine-timers.ts';
import { steadyClock } from './steady-clock.ts';
import { syncLoop } from './loop.ts';
import type { SyncLoop } from './loop.ts';

/** A console's main part against a real desk on loopback: HTTP, journal and watch table are the real ones. */

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const wall = { nowMs: () => Date.now() };
let directory: string;
let served: TestDesk;
let listener: Listener | null;
let address: DeskAddress | null;
let parts: { journal: Journal; watch: WatchTable; sync: SyncLoop }[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sync-'));
  served = await testDesk(memoryStore({ deskId: 'desk-1', epoch: 'epoch-1' }));
  listener = await listen(served.desk, { host: '127.0.0.1', port: 0 });
  address = { url: listener.url, token: tokenOf('ann') };
  for (const id of ['t1', 't2']) await takeSubmission(served.desk, submission(id));
});
afterEach(async () => {
  for (const part of parts) await end(part);
  parts = [];
  await listener?.close();
  await rm(directory, { recursive: true, force: true });
});

async function start() {
  const owner = { deskId: 'desk-1', agentId: 'ann', consoleId: 'console-1' };
  const opened = await openJournal(owner, {
    file: openJournalFile(join(directory, 'journal')),
    time: wall,
    newCommandId: () => uuidv7(),
    isExpected: false,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const journal = opened.value;
  const monotonicMs = () => performance.now();
  const clock = deskClock(wall, steadyClock(monotonicMs, monotonicMs));
  const watch = await openWatchTable(
    await openWatchStore(join(directory, 'watch'), silent),
    clock,
    wall,
    silent,
  );
  const nothing = () => undefined;
  const sync = syncLoop({
    client: deskClient(() => address, monotonicMs),
    journal,
    watch,
    clock,
    // The shortest waits: what is tested is what happens, not how long it takes.
    random: () => 0,
    timers: machineTimers,
    log: silent,
    told: { status: nothing, commands: nothing, page: nothing, info: nothing },
  });
  const part = { journal, watch, sync, clock };
  parts.push(part);
  sync.start();
  return part;
}

async function end(part: { journal: Journal; watch: WatchTable; sync: SyncLoop }): Promise<void> {
  part.sync.stop();
  await part.journal.close();
  await part.watch.close();
}

async function submit(journal: Journal, ticketId: string, action: Action): Promise<string> {
  const version = 1_000_000;
  const saved = await journal.submit([
    { ticketId, baseVersion: version, threadSeen: version, undoes: null, action },
  ]);
  if (!saved.ok) throw new Error(saved.error.message);
  return saved.value[0]?.id ?? '';
}

const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 4_000 });
const states = (journal: Journal) => shownCommands(journal.state).map(({ state }) => state);

const nothingWanted = { wanted: [], wantedCount: 0, held: 0 };

/** A replica that stores all it gets. */
function replica() {
  const rows = new Set<string>();
  const entries = new Set<string>();
  let tell: (message: unknown) => void = () => undefined;
  const port = {
    post: (message: ToWorker) => {
      if (message.kind !== 'page') return;
      const page = parsePage(message.bytes);
      for (const row of page.rows) rows.add(row.head.id);
      for (const entry of page.entries) entries.add(entry.id);
      queueMicrotask(() => {
        tell({ kind: 'stored', cursor: page.envelope.cursor, ...nothingWanted });
      });
    },
    listen: (listener: (message: unknown) => void) => {
      tell = listener;
    },
    close: () => undefined,
  };
  const hello = (cursor: Cursor | null): void => {
    tell({ kind: 'hello', cursor, ...nothingWanted });
  };
  return { port, hello, rows, entries };
}

test('[S13] open tickets come into the watch table with their cursor', async () => {
  const { watch, sync } = await start();
  await eventually(() => {
    expect(sync.status().connection).toBe('online');
    expect([...watch.tickets().keys()].toSorted()).toEqual(['t1', 't2']);
  });
  expect(watch.meta().cursor?.version).toBe(served.desk.known().version);
  expect(watch.meta().agents.map(({ id }) => id)).toEqual(['ann', 'bob']);
  expect((await watch.firstRows()).map(({ head }) => head.id)).toHaveLength(2);
});

test('[S4] a command goes out, is accepted, and leaves pending when both caches hold it', async () => {
  const { journal, sync } = await start();
  await eventually(() => {
    expect(sync.status().connection).toBe('online');
  });
  await submit(journal, 't1', { kind: 'assign', assignee: 'ann' });
  sync.wake();
  await eventually(() => {
    expect(states(journal)).toEqual(['accepted']);
  });
  const { port, hello, rows, entries } = replica();
  sync.feed.connect(port);
  hello(null);
  await eventually(() => {
    expect(states(journal)).toEqual([]);
  });
  expect([...rows].toSorted()).toEqual(['t1', 't2']);
  expect(entries.size).toBeGreaterThan(2);
});

test('[S6] written without a desk: sent in order, once, when it is there', async () => {
  address = null;
  const { journal, sync } = await start();
  for (const text of ['one', 'two', 'three']) await submit(journal, 't1', { kind: 'note', text });
  expect(states(journal)).toEqual(['queued', 'queued', 'queued']);
  address = { url: listener?.url ?? '', token: tokenOf('ann') };
  sync.wake();
  await eventually(() => {
    expect(states(journal)).toEqual(['accepted', 'accepted', 'accepted']);
  });
  const versions = shownCommands(journal.state).map(({ outcome }) => outcome?.version ?? 0);
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
});

test('[S2] killed between send and answer: the same again, and one effect', async () => {
  const first = await start();
  await eventually(() => {
    expect(first.sync.status().connection).toBe('online');
  });
  first.sync.stop();
  const id = await submit(first.journal, 't1', { kind: 'note', text: 'only once' });
  const taken = await first.journal.takeForPush(256);
  const pushed = await deskClient(
    () => address,
    () => 0,
  ).push({
    protocol: 1,
    consoleId: 'console-1',
    deskId: 'desk-1',
    commands: taken.ok ? taken.value.commands : [],
  });
  expect(pushed.ok).toBe(true);
  // The answer is lost with the process.
  await end(first);
  parts = [];
  const versionBefore = served.desk.known().version;
  const second = await start();
  expect(states(second.journal)).toEqual(['sent']);
  await eventually(() => {
    expect(states(second.journal)).toEqual(['accepted']);
  });
  expect(second.journal.state.commands.get(id)?.outcome).toEqual(
    pushed.ok && pushed.value.answers[0]?.kind === 'decided' && pushed.value.answers[0].outcome,
  );
  expect(served.desk.known().version).toBe(versionBefore);
});

test('[S6] a poke brings in what happened elsewhere', async () => {
  const { watch, sync } = await start();
  await eventually(() => {
    expect(sync.status().connection).toBe('online');
  });
  await takeSubmission(served.desk, submission('t3'));
  await eventually(() => {
    expect(watch.has('t3')).toBe(true);
  });
});

test('[S6] the desk goes and comes back: offline, then everything drains', async () => {
  const { journal, sync } = await start();
  await eventually(() => {
    expect(sync.status().connection).toBe('online');
  });
  await listener?.close();
  sync.wake();
  await eventually(() => {
    expect(sync.status()).toMatchObject({ connection: 'offline' });
  });
  expect(sync.status().reason).toMatch(/cannot be reached/);
  await submit(journal, 't2', { kind: 'note', text: 'offline' });
  listener = await listen(served.desk, { host: '127.0.0.1', port: 0 });
  address = { url: listener.url, token: tokenOf('ann') };
  await eventually(() => {
    expect(states(journal)).toEqual(['accepted']);
    expect(sync.status().connection).toBe('online');
  });
});

test('[S9] a token that is not taken: signed out, and work goes on', async () => {
  address = { url: listener?.url ?? '', token: 'wrong-token-0123456789-0123456789' };
  const { journal, sync } = await start();
  await eventually(() => {
    expect(sync.status().connection).toBe('signed-out');
  });
  await submit(journal, 't1', { kind: 'note', text: 'still saved' });
  address = { url: listener?.url ?? '', token: tokenOf('ann') };
  sync.wake();
  await eventually(() => {
    expect(states(journal)).toEqual(['accepted']);
  });
});

test('[S5] never pushed as another agent', async () => {
  address = { url: listener?.url ?? '', token: tokenOf('bob') };
  const { journal, sync } = await start();
  await submit(journal, 't1', { kind: 'note', text: 'of Ann' });
  await eventually(() => {
    expect(sync.status().connection).toBe('stopped');
  });
  expect(states(journal)).toEqual(['queued']);
});

test('[S13] at the next start tickets are there before any desk is', async () => {
  const first = await start();
  await eventually(() => {
    expect(first.watch.tickets().size).toBe(2);
  });
  await end(first);
  parts = [];
  address = null;
  const second = await start();
  expect((await second.watch.firstRows()).map(({ head }) => head.id).toSorted()).toEqual([
    't1',
    't2',
  ]);
  await second.watch.loaded;
  expect(second.watch.tickets().size).toBe(2);
  expect(second.watch.meta().policy?.version).toBe(1);
});

test('[C9] every pull measures the clock of the desk, not only the first answer', async () => {
  const { clock, sync, watch } = await start();
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
  expect(wall.nowMs() + (watch.meta().offsetMs ?? 0)).toBeGreaterThan(TEST_NOW + HOUR_MS - 1_000);
});
