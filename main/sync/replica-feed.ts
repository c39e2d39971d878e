import { unreachable } from '../../shared/base/assert.ts';
import { toMainSchema } from '../../shared/bridge/replica-port.ts';
import type { ReplicaStanding, ToWorker } from '../../shared/bridge/replica-port.ts';
import type { Result } from '../../shared/base/result.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import { isSame } from './cursors.ts';
import type { Fetched, Page } from './desk-client.ts';
import { consequence } from './desk-fault.ts';
import type { DeskFault } from './desk-fault.ts';

/** A port to the replica's worker, as MessagePortMain is one. */
export type ReplicaPort = {
  post: (message: ToWorker) => void;
  listen: (listener: (message: unknown) => void) => void;
  close: () => void;
};

export type ReplicaFeed = {
  /** Serves a new port; the old one is closed. */
  connect: (port: ReplicaPort) => void;
  /** A page the watch table took: the replica gets the same bytes if it stands where the page begins (S13). */
  offer: (page: Page) => void;
  /** It may be served: pull what the replica lacks, fetch what it wants. */
  serve: () => void;
  /** The agent said yes to what its list takes (S7). */
  accept: () => void;
  /** The desk is in another life: what the replica holds is dropped (S7). */
  reset: () => void;
  /** Nothing of the desk may be there: it is dropped now, and at every hello, until it is unlocked (S9). */
  lock: (locked: boolean) => void;
  /**
   * The version up to which the replica has confirmed that it stored everything; 0 where unknown. It stands still
   * while rows are still to be fetched.
   */
  confirmedVersion: () => number;
  /** How many tickets it holds and wants; null where unknown. */
  progress: () => { held: number; wanted: number } | null;
};

export type FeedDeps = {
  /** One page after the replica's own cursor. */
  pull: (cursor: Cursor | null) => Promise<Result<Page, DeskFault>>;
  /** Tickets by id, with their timelines. */
  fetchById: (epoch: string, ids: readonly string[]) => Promise<Result<Fetched, DeskFault>>;
  /** Where the watch table stands; null while the replica may not be served (S13). */
  head: () => Cursor | null;
  /** The replica confirmed something. */
  confirmed: () => void;
  /** A list would take so many tickets: the agent is asked (S7). */
  asks: (removing: number, held: number) => void;
  /** The desk said something that sync must look into. */
  doubts: () => void;
  /** Runs the step after a pause that grows with the failures in a row. */
  retry: (failures: number, step: () => void) => void;
  warn: (message: string) => void;
};

/** Feeds the replica pages and rows, one at a time, each after the last was stored. No row goes back (S13). */
export function replicaFeed(deps: FeedDeps): ReplicaFeed {
  const { head, warn } = deps;
  let port: ReplicaPort | null = null;
  /** Null until the worker has said hello, and after it failed. */
  let standing: ReplicaStanding | null = null;
  let busy = false;
  /** Changes with every word of the worker: what was asked for an earlier one is not sent. */
  let turn = 0;
  let confirmedVersion = 0;
  let locked = false;
  /** A list waits for the agent's yes. */
  let isAsking = false;
  let accepting = false;
  /** The last thing served were rows: a page goes next, so that what happens meanwhile is seen (S8). */
  let rowsLast = false;
  /** The desk did not know the replica's cursor once; it may be sync that has to learn of another life first. */
  let doubted = false;
  /** Of the desk, in a row. */
  let failures = 0;

  const sendPage = (page: Page): void => {
    busy = true;
    rowsLast = false;
    const accepted = accepting && page.envelope.list !== null;
    if (accepted) accepting = false;
    port?.post({ kind: 'page', bytes: page.bytes, accepted });
  };

  const drop = (): void => {
    standing = null;
    confirmedVersion = 0;
    port?.post({ kind: 'reset' });
  };

  const pullPage = async ({ cursor }: ReplicaStanding): Promise<(() => void) | null> => {
    const page = await deps.pull(cursor);
    if (page.ok) {
      doubted = false;
      failures = 0;
      return () => {
        sendPage(page.value);
      };
    }
    if (page.error.kind !== 'unknown-cursor') return failed(page.error);
    if (doubted) return drop;
    doubted = true;
    return failed(page.error);
  };

  const fetchRows = async (epoch: string, ids: readonly string[]): Promise<(() => void) | null> => {
    const fetched = await deps.fetchById(epoch, ids);
    if (!fetched.ok) return failed(fetched.error);
    failures = 0;
    return () => {
      busy = true;
      rowsLast = true;
      port?.post({ kind: 'rows', bytes: fetched.value.bytes });
    };
  };

  const failed = (fault: DeskFault): null => {
    warn(`replica: ${fault.message}`);
    failures += 1;
    // Sync finds out by itself what it means, and says so.
    if (consequence(fault) !== 'retry') deps.doubts();
    else
      deps.retry(failures, () => {
        void serve();
      });
    return null;
  };

  /** What to do next; null where there is nothing to do. */
  const nextStep = (
    at: ReplicaStanding,
    target: Cursor,
  ): (() => Promise<(() => void) | null>) | null => {
    const { cursor, wanted } = at;
    const isBehind = cursor === null || cursor.version < target.version;
    if (cursor !== null && wanted.length > 0 && !(isBehind && rowsLast))
      return () => fetchRows(cursor.epoch, wanted);
    if (isBehind) return () => pullPage(at);
    accepting = false;
    return null;
  };

  const serve = async (): Promise<void> => {
    const target = head();
    const asking = port;
    if (asking === null || standing === null || busy || locked || isAsking || target === null)
      return;
    if (standing.cursor !== null && standing.cursor.epoch !== target.epoch) {
      drop();
      return;
    }
    const step = nextStep(standing, target);
    if (step === null) return;
    busy = true;
    const asked = turn;
    const send = await step();
    // Another port or hello may have come meanwhile; it has its own pace.
    if (port !== asking || turn !== asked) return;
    busy = false;
    send?.();
  };

  const stands = (next: ReplicaStanding): void => {
    busy = false;
    standing = next;
    if (locked) {
      if (next.cursor !== null || next.wantedCount > 0 || next.held > 0) drop();
      return;
    }
    if (next.wantedCount === 0) confirmedVersion = next.cursor?.version ?? 0;
    deps.confirmed();
    void serve();
  };

  const received = (message: unknown): void => {
    const parsed = toMainSchema.safeParse(message);
    if (!parsed.success) {
      warn('replica: a message that is not in the contract');
      return;
    }
    turn += 1;
    const { data } = parsed;
    switch (data.kind) {
      case 'hello':
        // What it confirmed before says nothing of what it holds now.
        confirmedVersion = 0;
        isAsking = false;
        stands(data);
        return;
      case 'stored':
        stands(data);
        return;
      case 'failed':
        standing = null;
        busy = false;
        // It says hello again, on this port, when it can go on.
        warn(`replica: a page could not be stored: ${data.message}`);
        return;
      case 'asks':
        busy = false;
        isAsking = true;
        deps.asks(data.removing, standing?.held ?? data.removing);
        return;
      default:
        unreachable(data);
    }
  };

  return {
    connect: (next) => {
      port?.close();
      port = next;
      standing = null;
      busy = false;
      turn += 1;
      isAsking = false;
      next.listen((message) => {
        if (port === next) received(message);
      });
    },
    offer: (page) => {
      const { from, cursor: next } = page.envelope;
      if (busy || locked || isAsking || standing === null || isSame(from, next)) return;
      if (isSame(standing.cursor, from)) sendPage(page);
    },
    serve: () => {
      // Where sync goes on without the agent's answer, the list comes again and asks again.
      isAsking = false;
      void serve();
    },
    accept: () => {
      accepting = true;
      isAsking = false;
      void serve();
    },
    reset: () => {
      turn += 1;
      busy = false;
      isAsking = false;
      drop();
    },
    lock: (next) => {
      if (next && !locked) {
        turn += 1;
        busy = false;
        isAsking = false;
        drop();
      }
      locked = next;
    },
    confirmedVersion: () => confirmedVersion,
    progress: () =>
      standing === null ? null : { held: standing.held, wanted: standing.wantedCount },
  };
}
