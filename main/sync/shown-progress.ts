import type { SyncStatus } from '../../shared/bridge/sync-status.ts';

/** A few tickets that came into sight are no first sync. */
const WORTH_SHOWING = 50;

/**
 * How far a console is that has much to fetch (S8): the replica's tickets while it has any to fetch, since they are
 * what fills the queue; before it has begun, those of the watch table; else the changes it is behind.
 */
export function shownProgress(
  changes: SyncStatus['progress'],
  watch: { count: number; of: number },
  replica: { held: number; wanted: number } | null,
): SyncStatus['progress'] {
  if (replica !== null && replica.wanted > WORTH_SHOWING)
    return { of: 'tickets', done: replica.held, total: replica.held + replica.wanted };
  if (watch.count > 0) return { of: 'tickets', done: watch.of - watch.count, total: watch.of };
  return changes;
}
