import { unreachable } from '../../shared/base/assert.ts';
import { toMainSchema } from '../../shared/bridge/replica-port.ts';
import type { ToWorker } from '../../shared/bridge/replica-port.ts';
import type { Result } from '../../shared/base/result.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import { isSame } from './cursors.ts';
import type { Page } from './desk-client.ts';
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
  /** The watch table is at the head: pull what the replica lacks. */
  serve: () => void;
  /** The version up to which the replica has confirmed that it stored everything; 0 where unknown. */
  confirmedVersion: () => number;
};

export type FeedDeps = {
  /** One page after the replica's own cursor. */
  pull: (cursor: Cursor | null) => Promise<Result<Page, DeskFault>>;
  /** Where the watch table stands; null while it is not at the head or the desk is away. */
  head: () => Cursor | null;
  /** The replica confirmed something. */
  confirmed: () => void;
  warn: (message: string) => void;
};

/** Feeds the replica its pages, one at a time, each after the last was stored. No row goes back (S13). */
export function replicaFeed({ pull, head, confirmed, warn }: FeedDeps): ReplicaFeed {
  let port: ReplicaPort | null = null;
  /** Undefined until the worker has said hello. */
  let cursor: Cursor | null | undefined;
  let busy = false;
  /** Changes with every word of the worker: a page pulled for an earlier one is not sent. */
  let turn = 0;
  let confirmedVersion = 0;

  const send = (page: Page): void => {
    busy = true;
    port?.post({ kind: 'page', bytes: page.bytes, accepted: false });
  };

  const serve = async (): Promise<void> => {
    const target = head();
    const asking = port;
    const asked = turn;
    if (asking === null || cursor === undefined || busy || target === null) return;
    if (cursor !== null && cursor.epoch !== target.epoch) {
      cursor = undefined;
      asking.post({ kind: 'reset' });
      return;
    }
    if (cursor !== null && cursor.version >= target.version) return;
    busy = true;
    const page = await pull(cursor);
    // Another port or hello may have come meanwhile; it has its own pace.
    if (port !== asking || turn !== asked) return;
    busy = false;
    if (page.ok) send(page.value);
    else if (page.error.kind === 'unknown-cursor') {
      cursor = undefined;
      asking.post({ kind: 'reset' });
    } else warn(`replica: ${page.error.message}`);
  };

  const received = (message: unknown): void => {
    const parsed = toMainSchema.safeParse(message);
    if (!parsed.success) {
      warn('replica: a message that is not in the contract');
      return;
    }
    turn += 1;
    switch (parsed.data.kind) {
      case 'hello':
      case 'stored':
        busy = false;
        cursor = parsed.data.cursor;
        confirmedVersion = cursor?.version ?? 0;
        confirmed();
        void serve();
        return;
      case 'failed':
        cursor = undefined;
        busy = false;
        // It says hello again, on this port, when it can go on.
        warn(`replica: a page could not be stored: ${parsed.data.message}`);
        return;
      case 'asks':
        busy = false;
        warn(`replica: a list would take ${parsed.data.removing} tickets`);
        return;
      default:
        unreachable(parsed.data);
    }
  };

  return {
    connect: (next) => {
      port?.close();
      port = next;
      cursor = undefined;
      busy = false;
      next.listen((message) => {
        if (port === next) received(message);
      });
    },
    offer: (page) => {
      const { from, cursor: next } = page.envelope;
      if (busy || cursor === undefined || port === null || isSame(from, next)) return;
      if (isSame(cursor, from)) send(page);
    },
    serve: () => {
      void serve();
    },
    confirmedVersion: () => confirmedVersion,
  };
}
