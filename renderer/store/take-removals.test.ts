import { expect, test } from 'vitest';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import type { FetchedTicket } from '../../shared/protocol/ticket.ts';
import { changed, manyIds } from '../../test/helpers/replica-pages.ts';
import { policy } from '../../test/helpers/tickets.ts';
import { openBridge } from '../bridge/bridge.ts';
import type { FromReplica } from '../replica/messages.ts';
import { createConsole } from './console.ts';
import { createDeskClock } from './desk-clock.ts';
import { keepDraft } from './drafts.ts';
import { queueChanged } from './queue-changed.ts';
import { leaveGone, listedIds, loadTimeline, moveSelection, selectTicket } from './selection.ts';
import { takeReplica } from './take-replica.ts';
import { createTicker } from './ticker.ts';

const at = Date.parse('2026-11-23T10:00:00Z');

const stored: Extract<FromReplica, { kind: 'changed' }> = {
  kind: 'changed',
  rows: [],
  entries: [],
  removed: [],
  listed: null,
  policy: null,
  progress: { held: 1, wanted: 0 },
};

type Answer = Result<FetchedTicket, BridgeError>;

function start() {
  const calls: string[] = [];
  const whole = new Set<string>();
  const timers: (() => void)[] = [];
  const it = {
    firstRows: [] as unknown[],
    ticket: err({ code: 'no-desk', message: 'Away' }) as Answer,
  };
  const now = () => at;
  const console = createConsole({
    timers: {
      after: (_ms, step) => {
        timers.push(step);
        return () => {
          timers.splice(timers.indexOf(step), 1);
        };
      },
    },
    clock: createDeskClock(now),
    ticker: createTicker({ now, after: () => () => undefined, isHidden: () => true }),
    bridge: openBridge(
      {
        call: (name) => {
          calls.push(name);
          const answer =
            name === 'console.start'
              ? ok({ firstRows: it.firstRows, openTicketId: null })
              : it.ticket;
          return Promise.resolve(answer as never);
        },
        on: () => () => undefined,
      },
      () => undefined,
    ),
  });
  console.replica = {
    connect: () => undefined,
    follow: () => undefined,
    timeline: (ticketId) => Promise.resolve({ entries: [], isWhole: whole.has(ticketId) }),
  };
  console.queue.setContext(
    { policy: policy(), agent: { id: 'me', teamIds: ['t1'] }, dayStartAt: at },
    at,
  );
  const put = (ids: readonly string[]): void => {
    for (const id of ids) whole.add(id);
    console.queue.putRows(
      ids.map((id) => changed({ id, version: 1 }).row),
      at,
    );
    queueChanged(console);
  };
  return { console, calls, put, it, timers, state: () => console.state.getState() };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

test('[S14] a removed ticket leaves list and counts; the selection stays where it is', () => {
  const { console, put, state } = start();
  put(['A', 'B', 'C']);
  const [first = '', second = ''] = listedIds(console);
  selectTicket(console, second);
  expect(state().counts['my-queue']).toBe(3);
  takeReplica(console, { ...stored, removed: [first] });
  expect(listedIds(console)).not.toContain(first);
  expect(state()).toMatchObject({ selectedId: second, goneId: null });
  expect(state().counts['my-queue']).toBe(2);
});

test('[S14] an open ticket that is gone says so, and the next key moves on from its place', async () => {
  const { console, put, state } = start();
  put(['A', 'B', 'C', 'D']);
  const ids = listedIds(console);
  const gone = ids[1] ?? '';
  selectTicket(console, gone);
  await settled();
  keepDraft(console, gone, { reply: 'Begun' });
  console.state.setState({ panel: { kind: 'attempt', ticketId: gone } });
  takeReplica(console, { ...stored, removed: [gone] });
  expect(state()).toMatchObject({ selectedId: gone, goneId: gone, panel: null });
  expect(state().timeline?.entries).toEqual([]);
  expect(console.queue.get(gone)).toBeUndefined();
  // What was written is the agent's own.
  expect(state().drafts[gone]?.reply).toBe('Begun');
  moveSelection(console, 1);
  expect(state()).toMatchObject({ selectedId: ids[2], goneId: null });
});

test('[S14] going back from a ticket that is gone leads to the one in its place, or to none', () => {
  const { console, put, state } = start();
  put(['A', 'B']);
  const [first = '', second = ''] = listedIds(console);
  selectTicket(console, first);
  takeReplica(console, { ...stored, removed: [first] });
  leaveGone(console);
  expect(state()).toMatchObject({ selectedId: second, goneId: null, pane: 'queue' });
  takeReplica(console, { ...stored, removed: [second] });
  leaveGone(console);
  expect(state()).toMatchObject({ selectedId: null, goneId: null });
});

test('[S14] a ticket that comes back is shown again', async () => {
  const { console, put, state } = start();
  put(['A', 'B']);
  selectTicket(console, 'A');
  takeReplica(console, { ...stored, removed: ['A'] });
  const { row } = changed({ id: 'A', version: 3 });
  takeReplica(console, { ...stored, rows: [row] });
  await settled();
  expect(state()).toMatchObject({ selectedId: 'A', goneId: null });
  expect(console.queue.get('A')?.row.head.version).toBe(3);
});

test('[S14] where the desk lists what there is, all else goes, whoever brought it', () => {
  const { console, put } = start();
  put(['A', 'B', 'C']);
  takeReplica(console, { ...stored, listed: ['B', 'D'] });
  expect(listedIds(console)).toEqual(['B']);
});

test('[S12] a damaged replica is said in one calm line, and the console goes on from the first rows of main', async () => {
  const { console, put, it, calls, state } = start();
  put(['A', 'B']);
  it.firstRows = [changed({ id: 'B', version: 1 }).row];
  takeReplica(console, { kind: 'dropped', why: 'damaged' });
  await settled();
  expect(calls).toEqual(['console.start']);
  expect(listedIds(console)).toEqual(['B']);
  expect(state().notices).toMatchObject([{ tone: 'info' }]);
  expect(state()).toMatchObject({ replicaRead: false, replicaSynced: false });
});

test('[S8] an empty list says nothing while rows are still to be fetched', () => {
  const { console, state } = start();
  takeReplica(console, { ...stored, listed: ['A'], progress: { held: 0, wanted: 1 } });
  expect(state().replicaSynced).toBe(false);
  takeReplica(console, { ...stored, progress: { held: 1, wanted: 0 } });
  expect(state().replicaSynced).toBe(true);
});

test('[S8] rows that come one message after another are shown once for several, and all of them in the end', () => {
  const { console, state, timers } = start();
  const before = state().revision;
  for (const id of manyIds(5)) {
    const { row } = changed({ id, version: 1 });
    takeReplica(console, { ...stored, rows: [row], progress: { held: 1, wanted: 9 } });
  }
  expect(state().revision).toBe(before);
  expect(timers).toHaveLength(1);
  timers[0]?.();
  expect(state().revision).toBe(before + 1);
  expect(listedIds(console)).toHaveLength(5);
});

test('[S15] a ticket that is not kept here is read from the desk, and leaves with the one who looked', async () => {
  const { console, put, it, calls, state } = start();
  put(['A']);
  const { row, entry } = changed({ id: 'old', version: 7 });
  it.ticket = ok({ head: row.head, entries: [entry] });
  selectTicket(console, 'old');
  await settled();
  expect(calls).toEqual(['ticket.fetch']);
  expect(console.queue.get('old')?.row.head.version).toBe(7);
  expect(state()).toMatchObject({ visitedId: 'old', timeline: { entries: [entry] } });
  // A list of what is kept does not take it away from under the agent's eyes.
  takeReplica(console, { ...stored, listed: ['A'] });
  expect(console.queue.get('old')).toBeDefined();
  selectTicket(console, 'A');
  expect(console.queue.get('old')).toBeUndefined();
  expect(state().visitedId).toBeNull();
});

test('[S15] a timeline that is not here yet is read from the desk; without the desk it is said to be missing', async () => {
  const { console, it, calls, state } = start();
  const { row, entry } = changed({ id: 'A', version: 2 });
  console.queue.putRows([row], at);
  selectTicket(console, 'A');
  await settled();
  expect(calls).toEqual(['ticket.fetch']);
  expect(state().timeline).toEqual({ ticketId: 'A', entries: [], failed: false });
  it.ticket = ok({ head: row.head, entries: [entry] });
  await loadTimeline(console, 'A');
  expect(state().timeline?.entries).toEqual([entry]);
  // It is kept here, or will be.
  expect(state().visitedId).toBeNull();
});
