import { unreachable } from '../../../shared/base/assert.ts';
import type { SyncStatus } from '../../../shared/bridge/sync-status.ts';
import { agoWords, when } from '../../time-words.ts';

/** What the connection is, in words that are true now. Instants are in desk time. */
export function connectionWords(status: SyncStatus, now: number): string {
  switch (status.connection) {
    case 'online':
      return status.lastSyncAt === null
        ? 'Online'
        : `Online · synced ${agoWords(status.lastSyncAt, now)}`;
    case 'connecting':
      return `Connecting to the desk${dataOf(status, now)}`;
    case 'offline':
      return `Offline since ${when(status.sinceAt, now)}${dataOf(status, now)}`;
    case 'paused':
      return `Working offline since ${when(status.sinceAt, now)}, as you chose${dataOf(status, now)}`;
    case 'signed-out':
      return status.lastSyncAt === null
        ? 'Signed out: the desk does not take your sign-in'
        : 'Signed out: the desk does not take your sign-in. Work goes on and waits here.';
    case 'revoked':
      return 'Your sign-in was taken away. What you had not sent is kept here.';
    case 'stopped':
      return `Syncing stopped: ${status.reason ?? 'it needs you'}`;
    default:
      return unreachable(status.connection);
  }
}

function dataOf({ lastSyncAt }: SyncStatus, now: number): string {
  return lastSyncAt === null ? '' : `, working from data of ${when(lastSyncAt, now)}`;
}
