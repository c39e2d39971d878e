import { expect, test } from 'vitest';
import { syncStatusSchema } from '../shared/bridge/sync-status.ts';
import { syncStatus } from './console-state.ts';
import { deskClock } from './sync/desk-clock.ts';

test('[S6] words of a desk, however long, do not keep the status from the page', () => {
  const waiting = { connection: 'offline' as const, reason: 'x'.repeat(2_000), sinceAt: 1 };
  const status = syncStatus(null, waiting, deskClock({ nowMs: () => 1 }), null);
  expect(syncStatusSchema.parse(status).reason).toHaveLength(500);
});
