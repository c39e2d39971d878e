import { expect, test, vi } from 'vitest';
import { err, ok } from '../../shared/base/result.ts';
import type { ToMain, ToWorker } from '../../shared/bridge/replica-port.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { Page } from './desk-client.ts';
import { replicaFeed } from './replica-feed.ts';

const cursor = (version: number, epoch = 'e1'): Cursor => ({
  epoch,
  version,
  mark: version.toString(16).padStart(16, '0'),
});

function page(from: Cursor | null, to: number, size = 1): Page {
  return {
    envelope: {
      protocol: 1,
      deskId: 'd1',
      from,
      cursor: cursor(to),
      more: false,
      headVersion: to,
      now: 0,
      policy: null,
      agents: [],
      removals: [],
      gained: [],
      list: null,
      safe: null,
    },
    bytes: new Uint8Array(size),
    askedMs: 1,
  };
}

const standing = (kind: 'hello' | 'stored', at: Cursor | null): ToMain => ({
  kind,
  cursor: at,
  wanted: [],
  wantedCount: 0,
  held: 0,
});

function setUp(head: Cursor | null) {
  const asked: (Cursor | null)[] = [];
  const at = { head };
  const feed = replicaFeed({
    pull: (from) => {
      asked.push(from);
      return Promise.resolve(
        ok(page(from, Math.min((from?.version ?? 0) + 10, at.head?.version ?? 0))),
      );
    },
    head: () => at.head,
    confirmed: () => undefined,
    warn: () => undefined,
  });
  return { feed, asked, at };
}

function port() {
  const got: ToWorker[] = [];
  let tell: (message: unknown) => void = () => undefined;
  let closed = false;
  return {
    got,
    isClosed: () => closed,
    tell: (message: unknown) => {
      tell(message);
    },
    port: {
      post: (message: ToWorker) => {
        got.push(message);
      },
      listen: (listener: (message: unknown) => void) => {
        tell = listener;
      },
      close: () => {
        closed = true;
      },
    },
  };
}

test('[S13] sends the next page only when the last is stored, up to the head', async () => {
  const { feed, asked } = setUp(cursor(25));
  const worker = port();
  feed.connect(worker.port);
  expect(worker.got).toEqual([]);
  worker.tell(standing('hello', null));
  await vi.waitFor(() => {
    expect(worker.got).toHaveLength(1);
  });
  feed.serve();
  expect(asked).toEqual([null]);
  worker.tell(standing('stored', cursor(10)));
  await vi.waitFor(() => {
    expect(worker.got).toHaveLength(2);
  });
  expect(feed.confirmedVersion()).toBe(10);
  worker.tell(standing('stored', cursor(20)));
  await vi.waitFor(() => {
    expect(worker.got).toHaveLength(3);
  });
  worker.tell(standing('stored', cursor(25)));
  expect(asked.map((each) => each?.version ?? null)).toEqual([null, 10, 20]);
});

test('[S13] passes on the very page the watch table took, if the replica stands where it begins', () => {
  const { feed, asked } = setUp(null);
  const worker = port();
  feed.connect(worker.port);
  worker.tell(standing('hello', cursor(5)));
  const next = page(cursor(5), 6, 42);
  feed.offer(page(cursor(4), 6));
  feed.offer(next);
  // Not stored yet: the one after it must wait.
  feed.offer(page(cursor(6), 7));
  expect(worker.got).toEqual([{ kind: 'page', bytes: next.bytes, accepted: false }]);
  expect(asked).toEqual([]);
});

test('offline the replica waits', () => {
  const { feed, asked } = setUp(null);
  const worker = port();
  feed.connect(worker.port);
  worker.tell(standing('hello', null));
  expect(asked).toEqual([]);
});

test('a page loaded again gets a new port, and the old one is no longer heard', () => {
  const { feed } = setUp(null);
  const [old, next] = [port(), port()];
  feed.connect(old.port);
  old.tell(standing('hello', cursor(9)));
  feed.connect(next.port);
  expect(old.isClosed()).toBe(true);
  next.tell(standing('hello', cursor(3)));
  old.tell(standing('stored', cursor(99)));
  expect(feed.confirmedVersion()).toBe(3);
});

test('[S7] a replica of another epoch is dropped and says hello again', () => {
  const { feed } = setUp(cursor(5, 'e2'));
  const worker = port();
  feed.connect(worker.port);
  worker.tell(standing('hello', cursor(9, 'e1')));
  expect(worker.got).toEqual([{ kind: 'reset' }]);
});

test('a page that could not be stored, or a message outside the contract, stops it until hello', () => {
  const { feed, asked } = setUp(cursor(5));
  const worker = port();
  feed.connect(worker.port);
  worker.tell({ kind: 'rows', rows: [] });
  worker.tell({ kind: 'failed', message: 'disk full' });
  feed.serve();
  expect(asked).toEqual([]);
});

test('a pull that fails is tried again at the next chance', async () => {
  let fails = true;
  const feed = replicaFeed({
    pull: (from) =>
      Promise.resolve(
        fails ? err({ kind: 'unreachable' as const, message: 'away' }) : ok(page(from, 5)),
      ),
    head: () => cursor(5),
    confirmed: () => undefined,
    warn: () => {
      fails = false;
    },
  });
  const worker = port();
  feed.connect(worker.port);
  worker.tell(standing('hello', null));
  await vi.waitFor(() => {
    expect(fails).toBe(false);
  });
  feed.serve();
  await vi.waitFor(() => {
    expect(worker.got).toHaveLength(1);
  });
});

test('a worker that failed says hello again on the same port, and is served', async () => {
  const { feed } = setUp(cursor(5));
  const worker = port();
  feed.connect(worker.port);
  worker.tell(standing('hello', null));
  await vi.waitFor(() => {
    expect(worker.got).toHaveLength(1);
  });
  worker.tell({ kind: 'failed', message: 'disk full' });
  feed.serve();
  worker.tell(standing('hello', null));
  await vi.waitFor(() => {
    expect(worker.got).toHaveLength(2);
  });
});

test('[S13] two words in a row do not make two pages go out at once', async () => {
  const { feed } = setUp(cursor(5));
  const worker = port();
  feed.connect(worker.port);
  worker.tell(standing('hello', null));
  worker.tell(standing('hello', null));
  await vi.waitFor(() => {
    expect(worker.got.length).toBeGreaterThan(0);
  });
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  expect(worker.got).toHaveLength(1);
});
