import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { vi } from 'vitest';
import { openJournalFile } from '../../main/journal/journal-file.ts';
import { openJournal } from '../../main/journal/journal.ts';
import type { Journal } from '../../main/journal/journal.ts';
import { shownCommands } from '../../main/journal/pending.ts';
import { deskClient } from '../../main/sync/desk-client.ts';
import type { DeskAddress, DeskClient } from '../../main/sync/desk-client.ts';
import { deskClock } from '../../main/sync/desk-clock.ts';
import type { DeskClock } from '../../main/sync/desk-clock.ts';
import { syncLoop } from '../../main/sync/loop.ts';
import type { SyncLoop } from '../../main/sync/loop.ts';
import type { SyncDeps } from '../../main/sync/sync-deps.ts';
import { machineTimers } from '../../main/sync/machine-timers.ts';
import { steadyClock } from '../../main/sync/steady-clock.ts';
import { openWatchStore } from '../../main/watch/watch-store.ts';
import { openWatchTable } from '../../main/watch/watch-table.ts';
import type { WatchTable } from '../../main/watch/watch-table.ts';
import type { ReplicaStanding, ToWorker } from '../../shared/bridge/replica-port.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { MAX_FETCHED } from '../../shared/protocol/fetch-rows.ts';
import { parseFetched, parsePage } from './desk.ts';

/** A console's main part as it runs, against a desk on loopback: journal, watch table and HTTP are the real ones. */

export type ConsolePart = {
  journal: Journal;
  watch: WatchTable;
  sync: SyncLoop;
  clock: DeskClock;
};

export type SyncBench = {
  /** Where the console finds its desk, and with which token. */
  address: DeskAddress | null;
  /** The console on this disk, as often as it is started. */
  start: (change?: {
    client?: (client: DeskClient) => DeskClient;
    told?: Partial<SyncDeps['told']>;
  }) => Promise<ConsolePart>;
  end: (part: ConsolePart) => Promise<void>;
  /** Ends what runs and clears the disk. */
  close: () => Promise<void>;
};

export const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
const wall = { nowMs: () => Date.now() };
const monotonicMs = (): number => performance.now();

export async function syncBench(
  owner = { deskId: 'desk-1', agentId: 'ann', consoleId: 'console-1' },
): Promise<SyncBench> {
  const directory = await mkdtemp(join(tmpdir(), 'sync-'));
  let parts: ConsolePart[] = [];

  const bench: SyncBench = {
    address: null,
    start: async ({ client = (real: DeskClient): DeskClient => real, told = {} } = {}) => {
      const clock = deskClock(wall, steadyClock(monotonicMs, monotonicMs));
      const opened = await openJournal(owner, {
        file: openJournalFile(join(directory, 'journal')),
        time: clock,
        newCommandId: () => uuidv7(),
        isExpected: false,
      });
      if (!opened.ok) throw new Error(opened.error.message);
      const journal = opened.value;
      const store = await openWatchStore(join(directory, 'watch'), silentLog);
      const watch = await openWatchTable(store, clock, wall, silentLog);
      clock.restore(watch.meta());
      const nothing = (): void => undefined;
      const sync = syncLoop({
        client: client(deskClient(() => bench.address, monotonicMs)),
        journal,
        watch,
        clock,
        // The shortest waits: what is tested is what happens, not how long it takes.
        random: () => 0,
        timers: machineTimers,
        log: silentLog,
        told: { status: nothing, commands: nothing, page: nothing, info: nothing, ...told },
      });
      const part = { journal, watch, sync, clock };
      parts.push(part);
      sync.start();
      return part;
    },
    end: async (part) => {
      parts = parts.filter((each) => each !== part);
      part.sync.stop();
      await part.journal.close();
      await part.watch.close();
    },
    close: async () => {
      for (const part of parts) await bench.end(part);
      await rm(directory, { recursive: true, force: true });
    },
  };
  return bench;
}

export async function submitTo(
  journal: Journal,
  ticketId: string,
  action: Action,
  seen = 1_000_000,
): Promise<string> {
  const saved = await journal.submit([
    { ticketId, baseVersion: seen, threadSeen: seen, undoes: null, action },
  ]);
  if (!saved.ok) throw new Error(saved.error.message);
  return saved.value[0]?.id ?? '';
}

export const eventually = (check: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(check, { timeout: 8_000, interval: 20 });

export const statesIn = (journal: Journal): string[] =>
  shownCommands(journal.state).map(({ state }) => state);

/** A replica that stores all it gets, as the worker does. */
export function replicaModel() {
  const rows = new Map<string, number>();
  const entries = new Set<string>();
  const resets: number[] = [];
  let standing: ReplicaStanding = { cursor: null, wanted: [], wantedCount: 0, held: 0 };
  let wanted: string[] = [];
  let tell: (message: unknown) => void = () => undefined;
  const say = (kind: 'hello' | 'stored'): void => {
    standing = {
      ...standing,
      wanted: wanted.slice(0, MAX_FETCHED),
      wantedCount: wanted.length,
      held: rows.size,
    };
    const word = { kind, ...standing };
    queueMicrotask(() => {
      tell(word);
    });
  };
  const takePage = (bytes: Uint8Array): void => {
    const { envelope, ...page } = parsePage(bytes);
    for (const { head } of page.rows) rows.set(head.id, head.version);
    for (const { id } of page.entries) entries.add(id);
    if (envelope.list !== null) {
      const listed = [...envelope.list.open, ...envelope.list.ended];
      for (const id of rows.keys()) if (!listed.includes(id)) rows.delete(id);
      wanted = listed.filter((id) => !rows.has(id));
    }
    for (const { ticketId } of envelope.removals) {
      rows.delete(ticketId);
      wanted = wanted.filter((id) => id !== ticketId);
    }
    wanted.push(...envelope.gained);
    standing = { ...standing, cursor: envelope.cursor };
  };
  const takeRows = (bytes: Uint8Array): void => {
    const { envelope, ...fetched } = parseFetched(bytes);
    const known = new Set([...envelope.gone, ...fetched.rows.map(({ head }) => head.id)]);
    for (const { head } of fetched.rows)
      if (wanted.includes(head.id))
        rows.set(head.id, Math.max(head.version, rows.get(head.id) ?? 0));
    for (const { id } of fetched.entries) entries.add(id);
    wanted = wanted.filter((id) => !known.has(id));
  };
  const port = {
    post: (message: ToWorker): void => {
      if (message.kind === 'page') takePage(message.bytes);
      else if (message.kind === 'rows') takeRows(message.bytes);
      else {
        resets.push(rows.size);
        rows.clear();
        entries.clear();
        wanted = [];
        standing = { ...standing, cursor: null };
      }
      say(message.kind === 'reset' ? 'hello' : 'stored');
    },
    listen: (listener: (message: unknown) => void): void => {
      tell = listener;
    },
    close: () => undefined,
  };
  return {
    port,
    hello: () => {
      say('hello');
    },
    rows,
    entries,
    /** How many rows each reset took. */
    resets,
    cursor: () => standing.cursor,
    wanted: () => wanted.length,
  };
}
