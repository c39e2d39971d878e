import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import type { AlertRecord } from '../../shared/bridge/alert-record.ts';
import { severityGiven, WEDNESDAY_10, policyVersion, ticket } from '../../test/helpers/tickets.ts';
import { deskClock } from '../sync/desk-clock.ts';
import { steadyClock } from '../sync/steady-clock.ts';
import { openWatchStore } from '../watch/watch-store.ts';
import { openWatchTable } from '../watch/watch-table.ts';
import type { WatchTable } from '../watch/watch-table.ts';
import { openLedger, recordOf } from './ledger.ts';
import type { AlertLedger } from './ledger.ts';
import type { NotificationRequest } from './notifier.ts';
import { HOLD_MS, scheduleAlerts } from './scheduler.ts';
import type { AlertScheduler } from './scheduler.ts';

/** Watch table and ledger are the real ones; only the system's notifications and the clocks are not. */

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
let directory: string;
let clocks: { wall: number; monotonic: number; sleptMs: number };
let watch: WatchTable;
let ledger: AlertLedger;
let shown: NotificationRequest[];
let looks: number;
let asked: number;
let scheduler: AlertScheduler | null;

const wall = { nowMs: () => clocks.wall };
const monotonicMs = () => clocks.monotonic;
const bootMs = () => clocks.monotonic + clocks.sleptMs;
const desk = () => deskClock(wall, steadyClock(monotonicMs, bootMs));
let clock: ReturnType<typeof desk>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'alerts-'));
  clocks = { wall: WEDNESDAY_10, monotonic: 0, sleptMs: 0 };
  clock = desk();
  shown = [];
  looks = 0;
  asked = 0;
  scheduler = null;
  const store = await openWatchStore(join(directory, 'watch'), log);
  watch = await openWatchTable(store, clock, wall, log);
  await watch.storePage(
    {
      protocol: 1,
      deskId: 'd1',
      from: null,
      cursor: { epoch: 'e1', version: 1, mark: '0'.repeat(16) },
      more: false,
      headVersion: 1,
      now: clocks.wall,
      policy: policyVersion(),
      agents: [],
      removals: [],
      gained: [],
      list: null,
      safe: null,
    },
    [
      {
        head: ticket({
          id: 't1',
          severitySteps: [severityGiven('critical', WEDNESDAY_10)],
        }),
        decidedSeq: 0,
      },
    ],
  );
  ledger = await openLedger(join(directory, 'alerts'), clock.nowMs(), log);
});
afterEach(async () => {
  await scheduler?.stop();
  await watch.close();
  await ledger.close();
  await rm(directory, { recursive: true, force: true });
});

function start(): AlertScheduler {
  scheduler = scheduleAlerts({
    watch,
    ledger,
    notifier: { show: (request) => shown.push(request) },
    deskTime: clock,
    wall,
    steady: steadyClock(monotonicMs, bootMs),
    clockChanged: () => {
      asked += 1;
    },
    agent: () => ({ id: 'agent-1', version: 1, name: 'Ann', role: 'agent', teamIds: ['team-1'] }),
    quieted: () => () => false,
    open: () => undefined,
    told: () => undefined,
    ticked: () => {
      looks += 1;
    },
    log,
  });
  return scheduler;
}

/** One whole look, and the decision that follows it. */
async function look(from: AlertScheduler): Promise<void> {
  const before = looks;
  from.tick();
  await vi.waitFor(() => {
    expect(looks).toBeGreaterThan(before);
  });
  await from.settled();
}

const pass = (ms: number): void => {
  clocks = { ...clocks, wall: clocks.wall + ms, monotonic: clocks.monotonic + ms };
};
const due = () => {
  const first = watch
    .tickets()
    .get('t1')
    ?.clocks.find(({ id }) => id === 'C1');
  if (first === undefined) throw new Error('C1 does not run');
  return first;
};
const record = (state: AlertRecord['state'], dueAt: number): AlertRecord => {
  const about = { ticketId: 't1', reference: 'VH-1', subject: 'Down', organisation: 'Acme' };
  const key = `t1|C1|${dueAt}|due`;
  const severity = 'critical' as const;
  return recordOf(
    { key, ...about, clock: 'C1', severity, dueAt, edgeAt: dueAt, repeats: false },
    clocks.wall,
    state,
    null,
  );
};

test('[A4] what was acknowledged stays so when a click or failure comes later', async () => {
  const { dueAt } = due();
  const before = [60, 30, 15, 5].map((minutes) => ({
    ...record('shown', dueAt),
    key: `t1|C1|${dueAt}|before-${minutes}`,
  }));
  await ledger.put(before);
  const alerts = start();
  pass(dueAt - clocks.wall + 1_000);
  await look(alerts);
  await alerts.acknowledge('t1');
  for (const request of shown) {
    request.clicked();
    request.result({ kind: 'failed', why: 'gone' });
  }
  await look(alerts);
  expect(ledger.get(`t1|C1|${dueAt}|due`)).toMatchObject({ state: 'acknowledged' });
});

test('[A2] the digest at a start leaves out a due that no longer runs', async () => {
  const { dueAt } = due();
  const [runs, moved] = [record('to-be-shown', dueAt), record('to-be-shown', dueAt - HOUR_MS)];
  await ledger.put([runs, moved]);
  const alerts = start();
  await look(alerts);
  expect(ledger.get(moved.key)).toMatchObject({ state: 'suppressed' });
  expect(ledger.get(runs.key)).toMatchObject({ state: 'to-be-shown' });
  expect(shown.length).toBe(1);
  expect(ledger.unknown().map(({ key }) => key)).toEqual([runs.key]);
});

test('[A3] [C9] after a changed clock nothing is decided until the desk has told the time', async () => {
  const alerts = start();
  await look(alerts);
  const before = shown.length;
  // Set ahead to after the due; the desk knows better.
  clocks = { ...clocks, wall: due().dueAt + MINUTE_MS };
  await look(alerts);
  expect(asked).toBe(1);
  expect(shown).toHaveLength(before);
  clock.measure(WEDNESDAY_10, 0);
  await look(alerts);
  expect(shown).toHaveLength(before);
  expect(clock.nowMs()).toBe(WEDNESDAY_10);
});

test('[A3] [A8] without a desk it goes on after 60 s, with the offset it had', async () => {
  const alerts = start();
  await look(alerts);
  const before = shown.length;
  clocks = { ...clocks, wall: due().dueAt + MINUTE_MS };
  await look(alerts);
  pass(HOLD_MS - 1_000);
  await look(alerts);
  expect(shown).toHaveLength(before);
  pass(1_000);
  await look(alerts);
  expect(shown.length).toBeGreaterThan(before);
});

test('[A3] [C9] a clock that is set after the desk has told the time moves and holds nothing', async () => {
  clock.measure(WEDNESDAY_10, 0);
  const alerts = start();
  await look(alerts);
  const before = shown.length;
  const leftMs = due().dueAt - WEDNESDAY_10;
  clocks = { ...clocks, wall: due().dueAt + HOUR_MS };
  await look(alerts);
  expect(asked).toBe(0);
  expect(shown).toHaveLength(before);
  clocks = { ...clocks, wall: WEDNESDAY_10 - HOUR_MS };
  pass(leftMs + 1_000);
  await look(alerts);
  expect(ledger.has(`t1|C1|${due().dueAt}|due`)).toBe(true);
  expect(shown.length).toBeGreaterThan(before);
});

test('[A3] sleep is no changed clock: what was missed comes at the first look', async () => {
  const alerts = start();
  await look(alerts);
  const before = shown.length;
  const asleepMs = due().dueAt + MINUTE_MS - clocks.wall;
  clocks = { ...clocks, wall: clocks.wall + asleepMs, sleptMs: asleepMs };
  await look(alerts);
  expect(asked).toBe(0);
  expect(shown).toHaveLength(before + 1);
});
