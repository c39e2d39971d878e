import { expect, test } from 'vitest';
import { syncStatusSchema } from '../shared/bridge/sync-status.ts';
import { syncStatus } from './console-state.ts';
import { deskClock } from './sync/desk-clock.ts';
import { steadyClock } from './sync/steady-clock.ts';

const steady = steadyClock(
  () => 0,
  () => 0,
);
const waiting = { connection: 'offline' as const, reason: null, sinceAt: 1 };

test('[S6] words of a desk, however long, do not keep the status from the page', () => {
  const clock = deskClock({ nowMs: () => 1 }, steady);
  const status = syncStatus(null, { ...waiting, reason: 'x'.repeat(2_000) }, clock, null);
  expect(syncStatusSchema.parse(status).reason).toHaveLength(500);
});

test('[C9] the page hears the offset to the machine as it is set now, and whether it is confirmed', () => {
  let wallMs = 1_000_000;
  const clock = deskClock({ nowMs: () => wallMs }, steady);
  const status = () => syncStatusSchema.parse(syncStatus(null, waiting, clock, null));
  clock.restore({ offsetMs: 4_200, confirmedAt: 900_000 });
  expect(status()).toMatchObject({
    offsetMs: 4_200,
    clock: { isConfirmed: false, confirmedAt: 900_000 },
  });
  clock.measure(1_005_000, 0);
  wallMs += 3_600_000;
  expect(status()).toMatchObject({
    offsetMs: 5_000 - 3_600_000,
    clock: { isConfirmed: true, confirmedAt: 1_005_000 },
  });
});
