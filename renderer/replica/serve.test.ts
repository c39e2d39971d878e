import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import type { ToMain } from '../../shared/bridge/replica-port.ts';
import { joinPage } from '../../shared/protocol/page.ts';
import { submit } from '../../shared/tickets/intake.ts';
import type { FromReplica } from './messages.ts';
import { dexieReplicaStore } from './dexie-replica-store.ts';
import type { ReplicaStore } from './replica-store.ts';
import { serveReplica } from './serve.ts';

const at = Date.parse('2026-11-23T09:00:00Z');
const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A replica with both its sides; what is planned for later runs when the test says so. */
function start(open?: (name: string) => ReplicaStore) {
  const indexedDB = new IDBFactory();
  const openReal = (name: string): ReplicaStore =>
    dexieReplicaStore(name, { indexedDB, IDBKeyRange });
  const said: FromReplica[] = [];
  const toMain: ToMain[] = [];
  const order: string[] = [];
  const planned: { step: () => void; ms: number }[] = [];
  const serve = serveReplica({
    post: (message) => {
      said.push(message);
      order.push(`page ${message.kind}`);
    },
    open: open ?? openReal,
    later: (step, ms) => planned.push({ step, ms }),
  });
  const { port1, port2 } = new MessageChannel();
  // The worker's end as its own messages leave it, before they travel.
  const post = port2.postMessage.bind(port2);
  port2.postMessage = (message: ToMain) => {
    toMain.push(message);
    order.push(`main ${message.kind}`);
    post(message);
  };
  ends.push(() => {
    port1.close();
    port2.close();
  });
  return {
    said,
    toMain,
    order,
    planned,
    openReal,
    main: port1,
    serve,
    open: () => {
      serve({ kind: 'open', name: 'r' });
      serve({ kind: 'port' }, port2);
    },
    /** Runs what is planned next; its wait in ms. */
    pass: (): number | null => {
      const next = planned.shift();
      next?.step();
      return next?.ms ?? null;
    },
  };
}

function page(from: number | null, version: number, epoch = 'e1'): Uint8Array {
  const { head, entries } = submit(
    {
      id: 'A',
      reference: 'VH-A',
      subject: `At ${version}`,
      text: 'Text',
      customer: {
        id: 'c',
        organisation: 'O',
        contact: 'C',
        address: 'c@x.example',
        licence: 'saas',
      },
      channel: 'web',
      teamId: 't1',
      asked: null,
      receivedAt: at,
    },
    { version, acceptedAt: at },
  );
  const cursor = (end: number) => ({ epoch, version: end, mark: '00000000000000aa' });
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  return joinPage({
    envelope: bytes({
      protocol: 1,
      deskId: 'd',
      from: from === null ? null : cursor(from),
      cursor: cursor(version),
      more: false,
      headVersion: version,
      now: at,
      policy: null,
      agents: [],
      removals: [],
      gained: [],
      list: null,
      safe: null,
    }),
    rows: bytes([{ head, decidedSeq: 0 }]),
    entries: bytes(entries),
  });
}

const emptyHello = { kind: 'hello', cursor: null, wanted: [], wantedCount: 0, held: 0 };

const kinds = (messages: readonly { kind: string }[]) => messages.map((each) => each.kind);

test('S13: the replica says hello, and the page hears of a stored page before main does', async () => {
  const it = start();
  it.open();
  await vi.waitFor(() => {
    expect(it.toMain).toEqual([emptyHello]);
  });
  it.serve({ kind: 'follow', ticketId: 'A' });
  it.main.postMessage({ kind: 'page', bytes: page(null, 1), accepted: false });
  await vi.waitFor(() => {
    expect(kinds(it.toMain)).toEqual(['hello', 'stored']);
  });
  expect(it.order.slice(-2)).toEqual(['page changed', 'main stored']);
  expect(it.said.at(-1)).toMatchObject({ kind: 'changed', entries: [{ ticketId: 'A' }] });
});

test('S4: only the entries of the followed ticket come along', async () => {
  const it = start();
  it.open();
  it.serve({ kind: 'follow', ticketId: 'B' });
  it.main.postMessage({ kind: 'page', bytes: page(null, 1), accepted: false });
  await vi.waitFor(() => {
    expect(it.said.at(-1)).toMatchObject({ kind: 'changed', entries: [] });
  });
});

test('S13: after a failure it says hello again on the same port, waiting longer each time', async () => {
  const it = start();
  it.open();
  for (const [index, ms] of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].entries()) {
    it.main.postMessage({ kind: 'page', bytes: new Uint8Array([1]), accepted: false });
    await vi.waitFor(() => {
      expect(it.planned).toHaveLength(1);
    });
    expect(it.pass()).toBe(ms);
    await vi.waitFor(() => {
      expect(kinds(it.toMain).filter((kind) => kind === 'hello')).toHaveLength(index + 2);
    });
  }
  it.main.postMessage({ kind: 'page', bytes: page(null, 1), accepted: false });
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)?.kind).toBe('stored');
  });
  it.main.postMessage({ kind: 'page', bytes: new Uint8Array([1]), accepted: false });
  await vi.waitFor(() => {
    expect(it.planned[0]?.ms).toBe(1_000);
  });
});

test('S13: a database that does not open is tried again, and then the replica begins', async () => {
  let tries = 0;
  const it = start((name) => {
    tries += 1;
    if (tries < 3) throw new Error('no disk');
    return it.openReal(name);
  });
  it.open();
  await vi.waitFor(() => {
    expect(it.planned).toHaveLength(1);
  });
  expect(it.said).toMatchObject([{ kind: 'fault' }]);
  it.pass();
  await vi.waitFor(() => {
    expect(it.planned).toHaveLength(1);
  });
  it.pass();
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toEqual(emptyHello);
  });
  expect(kinds(it.said)).toEqual(['fault', 'fault', 'opened']);
});

test('S1: a page that cannot be stored is told to main, and the database is opened anew', async () => {
  const opened: ReplicaStore[] = [];
  const it = start((name) => {
    const store = it.openReal(name);
    opened.push(store);
    return store;
  });
  it.open();
  await vi.waitFor(() => {
    expect(it.toMain).toHaveLength(1);
  });
  opened[0]?.close();
  it.main.postMessage({ kind: 'page', bytes: page(null, 1), accepted: false });
  await vi.waitFor(() => {
    expect(kinds(it.toMain)).toEqual(['hello', 'failed']);
  });
  it.serve({ kind: 'timeline', ticketId: 'A', request: 1 });
  await vi.waitFor(() => {
    expect(it.said).toContainEqual({ kind: 'timeline', request: 1, entries: null });
  });
  it.pass();
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)?.kind).toBe('hello');
  });
  it.main.postMessage({ kind: 'page', bytes: page(null, 1), accepted: false });
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)?.kind).toBe('stored');
  });
});

test('S7: a page of another epoch clears the replica, which then says hello with nothing', async () => {
  const it = start();
  it.open();
  it.main.postMessage({ kind: 'page', bytes: page(null, 4), accepted: false });
  it.main.postMessage({ kind: 'page', bytes: page(4, 5, 'e2'), accepted: false });
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)).toEqual(emptyHello);
    expect(it.toMain).toHaveLength(3);
  });
  expect(kinds(it.said).at(-1)).toBe('reset');
  it.main.postMessage({ kind: 'page', bytes: page(null, 2, 'e2'), accepted: false });
  await vi.waitFor(() => {
    expect(it.toMain.at(-1)?.kind).toBe('stored');
  });
});
