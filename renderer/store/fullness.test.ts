import { expect, test } from 'vitest';
import type { SyncStatus } from '../../shared/bridge/sync-status.ts';
import { isLoading, nothingToCome, standstill } from './fullness.ts';

function status(connection: SyncStatus['connection'], progress: SyncStatus['progress'] = null) {
  return {
    connection,
    reason: null,
    sinceAt: 0,
    lastSyncAt: null,
    waiting: 0,
    conflicts: 0,
    offsetMs: 0,
    clock: { isConfirmed: true, confirmedAt: 0 },
    progress,
    question: null,
  };
}

const known = { phase: 'ready', replicaRead: true, replicaSynced: true } as const;

test('an empty desk is known to be empty once the replica has stored a page and nothing is to go', () => {
  expect(nothingToCome({ ...known, status: status('online') })).toBe(true);
  expect(nothingToCome({ ...known, replicaSynced: false, status: status('online') })).toBe(false);
  expect(
    nothingToCome({ ...known, status: status('online', { of: 'tickets', done: 1, total: 5 }) }),
  ).toBe(false);
  expect(nothingToCome({ ...known, status: null })).toBe(false);
});

test('before the first page the queue loads; without a desk it does not pretend to', () => {
  const first = { ...known, replicaSynced: false };
  expect(isLoading({ ...first, status: status('connecting') })).toBe(true);
  expect(isLoading({ ...first, status: status('online') })).toBe(true);
  expect(isLoading({ ...first, status: status('offline') })).toBe(false);
  expect(isLoading({ ...known, status: status('online') })).toBe(false);
});

test('S9: signed out with nothing here, it is said what to do; with tickets here work goes on', () => {
  expect(standstill(status('signed-out'), 0)?.text).toContain('AGENT_CONSOLE_DESK_TOKEN');
  expect(standstill(status('signed-out'), 3)).toBeNull();
  expect(standstill(status('offline'), 0)).toBeNull();
});

test('S7: stopped with nothing here, the reason is shown', () => {
  const stopped = { ...status('stopped'), reason: 'This is another desk.' };
  expect(standstill(stopped, 0)?.text).toBe('This is another desk.');
});
