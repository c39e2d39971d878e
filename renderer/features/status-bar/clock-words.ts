import type { SyncStatus } from '../../../shared/bridge/sync-status.ts';
import { SECOND_MS } from '../../../shared/base/time.ts';
import { when } from '../../time-words.ts';

const OFFSET_SHOWN_FROM_MS = 2_000;
/** A start that goes well is over before this; until then there is nothing to say of it. */
const CONNECTING_MS = 10 * SECOND_MS;

/** What is to be said of this machine's clock (C9); empty where nothing is. `now` is desk time. */
export function clockWords(status: SyncStatus, now: number): string {
  const { isConfirmed, confirmedAt } = status.clock;
  if (isConfirmed) {
    const off = offsetWords(status.offsetMs);
    return off === null ? '' : `Clock ${off}`;
  }
  if (now < connectingUntil(status)) return '';
  return confirmedAt === null
    ? 'Clock not confirmed'
    : `Clock not confirmed since ${when(confirmedAt, now)}`;
}

/** When the words may be others. */
export function clockWordsChangeAt(status: SyncStatus, now: number): number {
  if (status.clock.isConfirmed) return Number.POSITIVE_INFINITY;
  const until = connectingUntil(status);
  // An instant of today is one of yesterday some time.
  return now < until ? until : now + 60 * SECOND_MS;
}

/** What that means for the agent. */
export function clockTitle(status: SyncStatus): string {
  if (status.clock.isConfirmed) return "Countdowns use the desk's clock";
  const off = offsetWords(status.offsetMs);
  return (
    'The desk has not told the time since this program started. Until it does, countdowns use ' +
    (off === null ? "this machine's clock." : `this machine's clock, which was ${off}.`)
  );
}

function connectingUntil({ connection, sinceAt }: SyncStatus): number {
  return connection === 'connecting' ? sinceAt + CONNECTING_MS : Number.NEGATIVE_INFINITY;
}

function offsetWords(offsetMs: number | null): string | null {
  if (offsetMs === null || Math.abs(offsetMs) <= OFFSET_SHOWN_FROM_MS) return null;
  const seconds = (Math.abs(offsetMs) / SECOND_MS).toFixed(1);
  return `${seconds} s ${offsetMs > 0 ? 'behind' : 'ahead of'} the desk`;
}
