import { unreachable } from '../../shared/base/assert.ts';
import { failpoint } from '../../shared/base/failpoint.ts';
import { toWorkerSchema } from '../../shared/bridge/replica-port.ts';
import type { ToMain, ToWorker } from '../../shared/bridge/replica-port.ts';
import { err } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { backoff } from './backoff.ts';
import type { Later } from './backoff.ts';
import { clearReplica } from './change-replica.ts';
import type { Held } from './held.ts';
import { housekeeping } from './housekeeping.ts';
import { emptyReplicaMemory, memoryReplicaStore } from './memory-replica-store.ts';
import type { FromReplica, ReplicaProgress, SentRows, ToReplica } from './messages.ts';
import { openReplica, readRows } from './open-replica.ts';
import { parseFetched, parsePage } from './parse-page.ts';
import { readTimeline } from './read-timeline.ts';
import type { BlockCache } from './read-timeline.ts';
import type { ReplicaStore } from './replica-store.ts';
import { isOtherWriter, isUnsound } from './store-errors.ts';
import { storeFetched } from './store-fetched.ts';
import { storePage } from './store-page.ts';
import type { Stored, StoreFault } from './store-page.ts';
import { nextWanted } from './wanted.ts';

/** A database that has not opened within so long is done without (S12). */
const OPEN_MS = 5_000;
/** As many failed openings in a row, and what is there is given up. */
const FAILED_OPENINGS = 2;
/** From so many rows on, their bytes are handed to the page. */
const BYTES_FROM = 50;

export type ServeParts = {
  /** Speaks to the page. */
  post: (message: FromReplica, transfer: Transferable[]) => void;
  open: (name: string) => ReplicaStore;
  later: Later;
};

/** Why a page or fetched rows were not stored. */
type Refusal = StoreFault | { kind: 'unreadable'; message: string };

/**
 * The replica in its worker: takes pages from main's port, keeps them, tells the page what changed (S13). One thing
 * at a time: what arrives waits for what came before it. After a failure it says hello again, for as long as it
 * takes: main sends nothing until then. A replica that is damaged or does not open is fetched anew (S12).
 */
export function serveReplica({
  post,
  open,
  later,
}: ServeParts): (message: ToReplica, port?: MessagePort) => void {
  const retry = backoff(later);
  const house = housekeeping(later, (slice) => {
    next(slice);
  });
  const blocks: BlockCache = new Map();
  const memory = emptyReplicaMemory();
  let name: string | null = null;
  let isInMemory = false;
  let store: ReplicaStore | null = null;
  let held: Held | null = null;
  let rowsSent = false;
  let failedOpenings = 0;
  let port: MessagePort | null = null;
  let followedId: string | null = null;
  let work: Promise<void> = Promise.resolve();

  function next(step: () => Promise<void>): void {
    work = work.then(step).catch(failed);
  }

  /** The store has failed, and what failed stays failed: it is opened anew. */
  function failed(thrown: unknown): void {
    if (isUnsound(thrown)) {
      next(() => begin('damaged'));
      return;
    }
    // What the other one stored, the page has not been given.
    if (isOtherWriter(thrown)) rowsSent = false;
    fault(thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown));
    hold(null);
    retry.again(() => {
      next(start);
    });
  }

  /** Main and the page are told. */
  function fault(message: string): void {
    tell({ kind: 'failed', message: message.slice(0, 1_000) });
    post({ kind: 'fault', message }, []);
  }

  function hold(next: Held | null): void {
    held = next;
    blocks.clear();
    house.begin(next);
  }

  /** Opens the store anew, and says where the replica stands. */
  async function start(): Promise<void> {
    if (name === null) return;
    hold(null);
    store?.close();
    store = isInMemory ? memoryReplicaStore(memory) : open(name);
    const opened = await answer(openReplica(store)).catch(openingFailed);
    if (opened === null) return begin('no-answer');
    failedOpenings = 0;
    hold(await readRows(opened, rowsSent ? () => undefined : sendRows));
    if (!rowsSent) opening();
    rowsSent = true;
    hello();
  }

  async function openingFailed(thrown: unknown): Promise<never> {
    failedOpenings += 1;
    if (failedOpenings >= FAILED_OPENINGS && store !== null) await answer(store.drop());
    throw thrown;
  }

  /** Begins with nothing: all comes again (S12). */
  async function begin(why: 'damaged' | 'no-answer'): Promise<void> {
    hold(null);
    post({ kind: 'dropped', why }, []);
    rowsSent = false;
    // What does not answer cannot be deleted either: the next start tries it again.
    if (why === 'no-answer' || (store !== null && (await answer(store.drop())) === null))
      isInMemory = true;
    await start();
  }

  /** Null where none comes in time. */
  function answer<T>(asked: Promise<T>): Promise<T | null> {
    return new Promise((resolve, reject) => {
      asked.then(resolve, reject);
      later(() => {
        resolve(null);
      }, OPEN_MS);
    });
  }

  function sendRows(rows: SentRows): void {
    post({ kind: 'heads', rows }, rows instanceof Uint8Array ? [rows.buffer] : []);
  }

  function opening(): void {
    if (held === null) return;
    const { cursor, policy } = held.state;
    post({ kind: 'opened', synced: cursor !== null, policy, progress: progress(held) }, []);
  }

  function hello(): void {
    if (held !== null && port !== null) tell({ kind: 'hello', ...standing(held) });
  }

  function tell(message: ToMain): void {
    port?.postMessage(message);
  }

  async function clear(whole: Held): Promise<void> {
    await clearReplica(whole);
    blocks.clear();
    post({ kind: 'reset' }, []);
    hello();
  }

  async function receive(into: Held, message: ToWorker): Promise<void> {
    switch (message.kind) {
      case 'reset':
        return clear(into);
      case 'page':
      case 'rows': {
        const stored = await keep(into, message);
        return stored.ok ? taken(into, stored.value) : refuse(into, stored.error);
      }
      default:
        return unreachable(message);
    }
  }

  function taken(into: Held, { rows, bytes, entries, removed, listed }: Stored): void {
    const sent: SentRows = bytes !== null && rows.length >= BYTES_FROM ? bytes.slice() : rows;
    failpoint('replica.after-commit');
    // The page first: main forgets commands once the replica has their effects (S4).
    post(
      {
        kind: 'changed',
        rows: sent,
        entries: entries.filter((entry) => entry.ticketId === followedId),
        removed,
        listed,
        policy: into.state.policy,
        progress: progress(into),
      },
      sent instanceof Uint8Array ? [sent.buffer] : [],
    );
    tell({ kind: 'stored', ...standing(into) });
    retry.reset();
  }

  async function refuse(into: Held, refusal: Refusal): Promise<void> {
    switch (refusal.kind) {
      case 'asks':
        tell(refusal);
        return;
      case 'other-epoch':
        // Of another life of the desk: nothing that is here is worth keeping (S7).
        return clear(into);
      case 'gap':
      case 'unreadable':
        fault(refusal.message);
        retry.again(() => {
          next(async () => {
            hello();
          });
        });
        return;
      default:
        unreachable(refusal);
    }
  }

  function connect(arrived: MessagePort): void {
    port?.close();
    port = arrived;
    arrived.addEventListener('message', (event: MessageEvent<unknown>) => {
      const parsed = toWorkerSchema.safeParse(event.data);
      house.stir();
      next(async () => {
        if (port !== arrived || held === null) return;
        if (parsed.success) await receive(held, parsed.data);
        else await refuse(held, { kind: 'unreadable', message: 'unreadable message' });
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
          hello();
        });
        return;
      case 'timeline':
        house.stir();
        next(async () => {
          await answerTimeline(message.ticketId, message.request);
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
  async function answerTimeline(ticketId: string, request: number): Promise<void> {
    const unread = { entries: null, isWhole: false };
    let timeline: { entries: FromTimeline['entries']; isWhole: boolean } = unread;
    try {
      if (held !== null) timeline = await readTimeline(held, blocks, ticketId);
    } catch (thrown) {
      failed(thrown);
    }
    post({ kind: 'timeline', request, ...timeline }, []);
  }
}

type FromTimeline = Extract<FromReplica, { kind: 'timeline' }>;

/** Parses and stores what came from main. */
async function keep(
  held: Held,
  message: Extract<ToWorker, { bytes: Uint8Array }>,
): Promise<Result<Stored, Refusal>> {
  if (message.kind === 'page') {
    const page = parsePage(message.bytes);
    return page.ok ? storePage(held, page.value, message.accepted) : unreadable(page.error);
  }
  const fetched = parseFetched(message.bytes);
  return fetched.ok ? storeFetched(held, fetched.value) : unreadable(fetched.error);
}

function unreadable(message: string): Result<never, Refusal> {
  return err({ kind: 'unreadable', message });
}

function standing({ state, wanted, count }: Held) {
  return {
    cursor: state.cursor,
    wanted: nextWanted(wanted),
    wantedCount: wanted.of.size,
    held: count,
  };
}

function progress({ count, wanted }: Held): ReplicaProgress {
  return { held: count, wanted: wanted.of.size };
}
