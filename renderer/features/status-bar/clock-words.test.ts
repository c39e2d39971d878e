import { expect, test } from 'vitest';
import type { SyncStatus } from '../../../shared/bridge/sync-status.ts';
import { clockTitle, clockWords, clockWordsChangeAt } from './clock-words.ts';

const NOW = new Date(2026, 10, 26, 10, 0).getTime();
const TUESDAY = new Date(2026, 10, 24, 14, 10).getTime();

function status(change: Partial<SyncStatus>): SyncStatus {
  return {
    connection: 'online',
    reason: null,
    sinceAt: NOW,
    lastSyncAt: null,
    waiting: 0,
    conflicts: 0,
    offsetMs: 0,
    clock: { isConfirmed: true, confirmedAt: NOW },
    progress: null,
    question: null,
    ...change,
  };
}
const unconfirmed = { isConfirmed: false, confirmedAt: TUESDAY };

test('[C9] the offset is shown when it is over 2 s', () => {
  expect(clockWords(status({ offsetMs: 2_000 }), NOW)).toBe('');
  expect(clockWords(status({ offsetMs: 4_200 }), NOW)).toBe('Clock 4.2 s behind the desk');
  expect(clockWords(status({ offsetMs: -3_000 }), NOW)).toBe('Clock 3.0 s ahead of the desk');
});

test('[C9] a clock that the desk has not confirmed since the start says so, and what it goes by', () => {
  const offline = status({ connection: 'offline', clock: unconfirmed, offsetMs: 4_200 });
  expect(clockWords(offline, NOW)).toBe('Clock not confirmed since 24 Nov 14:10');
  expect(clockTitle(offline)).toContain("this machine's clock, which was 4.2 s behind the desk");
  expect(clockTitle(status({ clock: unconfirmed }))).toMatch(/this machine's clock\.$/);
  const never = status({ clock: { isConfirmed: false, confirmedAt: null } });
  expect(clockWords(never, NOW)).toBe('Clock not confirmed');
});

test('[C9] while the desk is being asked for the first time nothing is said, but not for long', () => {
  const asking = status({ connection: 'connecting', clock: unconfirmed });
  expect(clockWords(asking, NOW + 9_999)).toBe('');
  const changesAt = clockWordsChangeAt(asking, NOW);
  expect(clockWords(asking, changesAt)).toContain('not confirmed');
});
