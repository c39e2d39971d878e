import type { SyncStatus } from '../../shared/bridge/sync-status.ts';
import type { ConsoleState } from './console-state.ts';

type Known = Pick<ConsoleState, 'phase' | 'replicaRead' | 'replicaSynced' | 'status'>;

/** Everything that the desk had at the first sync is here: what is not there does not exist. */
export function nothingToCome({ phase, replicaRead, replicaSynced, status }: Known): boolean {
  return phase === 'ready' && replicaRead && replicaSynced && status?.progress === null;
}

/** More is on its way: an empty list says nothing yet. */
export function isLoading(state: Known): boolean {
  if (nothingToCome(state)) return false;
  const { phase, replicaRead, status } = state;
  if (phase === 'starting' || !replicaRead || status === null) return true;
  return status.connection === 'connecting' || status.connection === 'online';
}

/** Why there is nothing here and nothing will come by itself, and what to do; null where there is something to show. */
export function standstill(
  status: SyncStatus | null,
  ticketsHere: number,
): { title: string; text: string } | null {
  if (status === null || ticketsHere > 0) return null;
  switch (status.connection) {
    case 'signed-out':
      return {
        title: 'The desk does not take your sign-in',
        text: 'Check AGENT_CONSOLE_DESK_TOKEN, then start the console again.',
      };
    case 'revoked':
      return {
        title: 'Your sign-in was taken away',
        text: 'What you had not sent is kept on this machine. Ask who runs the desk.',
      };
    case 'stopped':
      return { title: 'Syncing has stopped', text: status.reason ?? 'It needs you.' };
    case 'connecting':
    case 'online':
    case 'offline':
    case 'paused':
      return null;
  }
}
