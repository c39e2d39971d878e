import { expect, test } from 'vitest';
import type { SyncStatus } from '../../shared/bridge/sync-status.ts';
import { leftDrafts } from './left-drafts.ts';

const online = { connection: 'online', progress: null } as SyncStatus;
const state = {
  phase: 'ready',
  replicaRead: true,
  replicaSynced: true,
  status: online,
  drafts: { here: { reply: 'a' }, gone: { reply: 'b', note: ' ' }, empty: { reply: '' } },
} as const;
const isHere = (ticketId: string): boolean => ticketId === 'here';

test('[S14] [S17] a draft on a ticket that went to others is not out of reach', () => {
  expect(leftDrafts(state, isHere)).toEqual([
    { key: 'gone reply', ticketId: 'gone', mode: 'reply' },
  ]);
});

test('[S8] [S17] a ticket that is still to come has not gone', () => {
  const progress = { of: 'tickets', done: 1, total: 2 } as const;
  for (const change of [
    { status: { ...online, progress } },
    { status: { ...online, connection: 'offline' } as SyncStatus },
    { replicaRead: false },
    { replicaSynced: false },
  ])
    expect(leftDrafts({ ...state, ...change }, isHere)).toEqual([]);
});
