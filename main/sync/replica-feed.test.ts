import { expect, test, vi } from 'vitest';
import { err, ok } from '../../shared/base/result.ts';
import type { ToMain, ToWorker } from '../../shared/bridge/replica-port.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { Page } from './desk-client.ts';
import { replicaFeed } from './replica-feed.ts';
import type { FeedDeps } from './replica-feed.ts';

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

const unused: Omit<FeedDeps, 'pull' | 'head'> = {
  fetchById: () => Promise.resolve(err({ kind: 'refused' as const, message: 'not in this test' })),
  confirmed: () => undefined,
  asks: () => undefined,
  doubts: () => undefined,
  retry: () => undefined,
  warn: () => undefined,
};

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
    ...unused,
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
    ...unused,
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

/** A feed whose desk has everything, and whose replica keeps what it gets as the worker does. */
function firstSync(ids: readonly string[]) {
  const at: { head: Cursor | null; online: boolean } = { head: cursor(5), online: true };
  const served: string[] = [];
  const asks: unknown[] = [];
  const retries: (() => void)[] = [];
  const doubts: string[] = [];
  const feed = replicaFeed({
    pull: (from) => {
      served.push(`page after ${from?.version ?? 'nothing'}`);
      const next = page(from, at.head?.version ?? 0);
      const list =
        from === null ? { open: [...ids], ended: [], cause: 'first-sync' as const } : null;
      return Promise.resolve(ok({ ...next, envelope: { ...next.envelope, list } }));
    },
    fetchById: (epoch, wanted) => {
      if (!at.online)
        return Promise.resolve(err({ kind: 'unreachable' as const, message: 'away' }));
      served.push(`rows ${wanted.join(' ')}`);
      const envelope = { protocol: 1, deskId: 'd1', epoch, version: 5, now: 0, gone: [] };
      return Promise.resolve(ok({ envelope, bytes: new Uint8Array(1), askedMs: 0 }));
    },
    head: () => at.head,
    confirmed: () => undefined,
    asks: (removing, held) => asks.push({ removing, held }),
    doubts: () => doubts.push('doubt'),
    retry: (_failures, step) => retries.push(step),
    warn: () => undefined,
  });
  return { feed, at, served, asks, retries, doubts };
}
const wants = (kind: 'hello' | 'stored', at: Cursor, wanted: string[], held = 0): ToMain => ({
  kind,
  cursor: at,
  wanted,
  wantedCount: wanted.length,
  held,
});
const soon = () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

test('[S8] wanted rows go by id, and a page between them where something happened meanwhile', async () => {
  const { feed, at, served } = firstSync(['t1', 't2', 't3']);
  const worker = port();
  feed.connect(worker.port);
  worker.tell(standing('hello', null));
  await soon();
  worker.tell(wants('stored', cursor(5), ['t1', 't2', 't3']));
  await soon();
  expect(worker.got.at(-1)?.kind).toBe('rows');
  at.head = cursor(7);
  worker.tell(wants('stored', cursor(5), ['t2', 't3'], 1));
  await soon();
  worker.tell(wants('stored', cursor(7), ['t2', 't3'], 1));
  await soon();
  worker.tell(wants('stored', cursor(7), [], 3));
  await soon();
  expect(served).toEqual(['page after nothing', 'rows t1 t2 t3', 'page after 5', 'rows t2 t3']);
});

test('[S4] while rows are still to be fetched, it has not confirmed what its cursor says', async () => {
  const { feed } = firstSync([]);
  const worker = port();
  feed.connect(worker.port);
  worker.tell(wants('hello', cursor(5), ['t1']));
  expect(feed.confirmedVersion()).toBe(0);
  await soon();
  worker.tell(wants('stored', cursor(5), [], 1));
  expect(feed.confirmedVersion()).toBe(5);
  worker.tell(wants('stored', cursor(6), ['t9'], 1));
  expect(feed.confirmedVersion()).toBe(5);
  expect(feed.progress()).toEqual({ held: 1, wanted: 1 });
});

test('[S8] rows that did not come are asked for again after a pause', async () => {
  const { feed, at, served, retries } = firstSync([]);
  at.online = false;
  const worker = port();
  feed.connect(worker.port);
  worker.tell(wants('hello', cursor(5), ['t1']));
  await soon();
  expect(retries).toHaveLength(1);
  at.online = true;
  retries[0]?.();
  await soon();
  expect(served).toEqual(['rows t1']);
});

test('[S7] a list that would take too much waits for the agent, and comes again with their yes', async () => {
  const { feed, asks } = firstSync(['t1']);
  const worker = port();
  feed.connect(worker.port);
  worker.tell(standing('hello', null));
  await soon();
  worker.tell({ kind: 'asks', removing: 60 });
  expect(asks).toHaveLength(1);
  feed.offer(page(null, 6));
  await soon();
  expect(worker.got).toHaveLength(1);
  feed.accept();
  await soon();
  expect(worker.got).toMatchObject([
    { kind: 'page', accepted: false },
    { kind: 'page', accepted: true },
  ]);
  // One yes is for one list.
  worker.tell(standing('stored', null));
  await soon();
  expect(worker.got.at(-1)).toMatchObject({ accepted: false });
});

test('[S9] locked, it drops what is there, at every hello, and serves nothing until it is unlocked', async () => {
  const { feed, served } = firstSync([]);
  feed.lock(true);
  const worker = port();
  feed.connect(worker.port);
  worker.tell(standing('hello', cursor(4)));
  await soon();
  expect(worker.got).toEqual([{ kind: 'reset' }]);
  worker.tell(standing('hello', null));
  feed.serve();
  await soon();
  expect(worker.got).toHaveLength(1);
  expect(feed.confirmedVersion()).toBe(0);
  feed.lock(false);
  feed.serve();
  await soon();
  expect(served).toEqual(['page after nothing']);
});

test('[S9] locked while it is served: what comes after is not sent', async () => {
  const { feed } = firstSync([]);
  const worker = port();
  feed.connect(worker.port);
  worker.tell(standing('hello', cursor(4)));
  feed.lock(true);
  await soon();
  expect(worker.got).toEqual([{ kind: 'reset' }]);
});

test('[S7] a cursor that the desk does not know: sync looks first, and only then is the replica dropped', async () => {
  const doubts: string[] = [];
  const feed = replicaFeed({
    ...unused,
    pull: () => Promise.resolve(err({ kind: 'unknown-cursor' as const, message: 'Unknown.' })),
    head: () => cursor(9),
    doubts: () => doubts.push('doubt'),
  });
  const worker = port();
  feed.connect(worker.port);
  worker.tell(standing('hello', cursor(4)));
  await soon();
  expect(worker.got).toEqual([]);
  expect(doubts).toHaveLength(1);
  // Sync went on: the desk knows its cursor.
  feed.serve();
  await soon();
  expect(worker.got).toEqual([{ kind: 'reset' }]);
});
