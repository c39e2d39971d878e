import { unreachable } from '../../shared/base/assert.ts';
import { toWorkerSchema } from '../../shared/bridge/replica-port.ts';
import type { ReplicaStanding, ToMain, ToWorker } from '../../shared/bridge/replica-port.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import { backoff } from './backoff.ts';
import type { Later } from './backoff.ts';
import type { FromReplica, ToReplica } from './messages.ts';
import { parsePage } from './parse-page.ts';
import { clearReplica, readRows, readState, readTimeline } from './read-replica.ts';
import type { ReplicaStore } from './replica-store.ts';
import { storePage } from './store-page.ts';

/** Rows a message to the page at start. */
const HEADS_CHUNK = 2_000;

export type ServeParts = {
  /** Speaks to the page. */
  post: (message: FromReplica) => void;
  open: (name: string) => ReplicaStore;
  later: Later;
};

/**
 * The replica in its worker: takes pages from main's port, keeps them, tells the page what changed (S13). One thing
 * at a time: what arrives waits for what came before it. After a failure it opens the database anew and says hello
 * again, for as long as it takes: main sends nothing until then.
 */
export function serveReplica({
  post,
  open,
  later,
}: ServeParts): (message: ToReplica, port?: MessagePort) => void {
  const retry = backoff(later);
  let name: string | null = null;
  let store: ReplicaStore | null = null;
  let headsSent = false;
  let port: MessagePort | null = null;
  let followedId: string | null = null;
  let work: Promise<void> = Promise.resolve();

  function next(step: () => Promise<void>): void {
    work = work.then(step).catch(failed);
  }

  /** Main and the page are told, and it is tried again. */
  function failed(fault: unknown): void {
    const message = fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
    tell({ kind: 'failed', message: message.slice(0, 1_000) });
    post({ kind: 'fault', message });
    retry.again(() => {
      next(start);
    });
  }

  /** Opens the database anew, since a failed connection stays failed, and says where the replica stands. */
  async function start(): Promise<void> {
    if (name === null) return;
    store?.close();
    store = open(name);
    if (!headsSent) await sendHeads(store);
    await hello(store);
  }

  async function sendHeads(from: ReplicaStore): Promise<void> {
    const rows = await readRows(from);
    for (let start = 0; start < rows.length; start += HEADS_CHUNK)
      post({ kind: 'heads', rows: rows.slice(start, start + HEADS_CHUNK) });
    const { cursor, policy } = await readState(from);
    post({ kind: 'opened', synced: cursor !== null, policy });
    headsSent = true;
  }

  async function hello(from: ReplicaStore): Promise<void> {
    if (port !== null) tell({ kind: 'hello', ...standing((await readState(from)).cursor) });
  }

  function tell(message: ToMain): void {
    port?.postMessage(message);
  }

  async function clear(whole: ReplicaStore): Promise<void> {
    await clearReplica(whole);
    post({ kind: 'reset' });
    await hello(whole);
  }

  async function receive(into: ReplicaStore, message: ToWorker): Promise<void> {
    switch (message.kind) {
      case 'reset':
        return clear(into);
      case 'page':
        return receivePage(into, message.bytes);
      case 'rows':
        return undefined;
      default:
        return unreachable(message);
    }
  }

  async function receivePage(into: ReplicaStore, bytes: Uint8Array): Promise<void> {
    const page = parsePage(bytes);
    if (!page.ok) {
      failed(page.error);
      return;
    }
    const stored = await storePage(into, page.value);
    if (!stored.ok) {
      // Of another life of the desk: nothing that is here is worth keeping (S7).
      if (stored.error.kind === 'other-epoch') await clear(into);
      else failed(stored.error.message);
      return;
    }
    const { cursor, rows, policy } = stored.value;
    const entries = page.value.entries.filter((entry) => entry.ticketId === followedId);
    // The page first: main forgets commands once the replica has their effects (S4).
    post({ kind: 'changed', rows, entries, policy });
    tell({ kind: 'stored', ...standing(cursor) });
    retry.reset();
  }

  function connect(arrived: MessagePort): void {
    port?.close();
    port = arrived;
    arrived.addEventListener('message', (event: MessageEvent<unknown>) => {
      const parsed = toWorkerSchema.safeParse(event.data);
      next(async () => {
        if (port !== arrived) return;
        if (!parsed.success) failed('unreadable message');
        else if (store !== null) await receive(store, parsed.data);
      });
    });
    arrived.start();
  }

  return (message, arrivedPort) => {
    switch (message.kind) {
      case 'open':
        name = message.name;
        next(start);
        return;
      case 'port':
        next(async () => {
          if (arrivedPort !== undefined) connect(arrivedPort);
          // Where it could not be opened, the hello follows when it can.
          if (store !== null && headsSent) await hello(store);
        });
        return;
      case 'timeline':
        next(async () => {
          const entries = store === null ? null : await readEntries(store, message.ticketId);
          post({ kind: 'timeline', request: message.request, entries });
        });
        return;
      case 'follow':
        followedId = message.ticketId;
        return;
      default:
        unreachable(message);
    }
  };

  /** Null where they cannot be read: whoever asked says so and asks again. */
  async function readEntries(from: ReplicaStore, ticketId: string) {
    try {
      return await readTimeline(from, ticketId);
    } catch (thrown) {
      failed(thrown);
      return null;
    }
  }
}

function standing(cursor: Cursor | null): ReplicaStanding {
  return { cursor, wanted: [], wantedCount: 0, held: 0 };
}
