import type { SyncQuestion, SyncStatus } from '../../shared/bridge/sync-status.ts';
import type { DeskFault } from './desk-fault.ts';

/** What the sync machine knows, hears and wants (machine.ts). */

export type RoundStep = 'confirm' | 'pull-one' | 'push' | 'pull-head' | 'fetch' | 'restore';

export type Phase =
  | { kind: 'round'; step: RoundStep }
  | { kind: 'rest' }
  /** Another round follows at its timer; nothing makes it come sooner. */
  | { kind: 'gap' }
  /** Offline, until the timer. */
  | { kind: 'backoff' }
  | { kind: 'paused' }
  | { kind: 'signed-out' }
  /** Until another sign-in (S9). */
  | { kind: 'revoked' }
  | { kind: 'stopped' };

export type SyncState = {
  phase: Phase;
  /** Number of the round: answers of an earlier one are ignored. */
  round: number;
  /** The watch table had everything at the last pull, but for rows still to be fetched (S13). */
  atHead: boolean;
  /** There are rows to fetch by id (S8). */
  wanting: boolean;
  /** Some of them have come since the connection began. */
  fetched: boolean;
  /** Confirmed since the last failure. */
  confirmed: boolean;
  /** The sign-in was taken away, and none was taken since: nothing of the desk may be here (S9). */
  locked: boolean;
  /** The poke stream is open or being opened. */
  streaming: boolean;
  failures: number;
  /** Something came up during a round: another follows. */
  again: boolean;
  /** When a command that could not go now may go; null where none waits. */
  pushAgainAt: number | null;
  /** How many pushes in a row were answered with `not-yet`. */
  notYets: number;
  connection: SyncStatus['connection'];
  reason: string | null;
  sinceAt: number;
  /** What it waits for the agent to say; only while it is stopped (S7). */
  question: SyncQuestion | null;
};

export type SyncEvent =
  | { kind: 'start' }
  /** A poke, `online`, resume, a new command, the agent's "sync now", a desk that came up. */
  | { kind: 'wake' }
  | { kind: 'timer' }
  | (SyncAnswer & { round: number })
  | { kind: 'stream-ended' }
  | { kind: 'pause'; paused: boolean }
  /** There is another token. */
  | { kind: 'signed-in' }
  /** The replica has to ask the agent something (S7). */
  | { kind: 'asks'; question: SyncQuestion }
  /** The agent says yes to a question. */
  | { kind: 'yes'; question: SyncQuestion['kind'] };

/** What came of a round's step. */
export type SyncAnswer =
  | { kind: 'confirmed' }
  | { kind: 'pulled'; more: boolean; wanting: boolean }
  | { kind: 'pushed'; more: boolean; nextAt: number | null; notYet: boolean }
  | { kind: 'fetched'; wanting: boolean }
  /** The journal knows the desk's new life, and the watch table is empty (S7). */
  | { kind: 'restored' }
  /** The agent must say something first; the page was not stored (S7). */
  | { kind: 'asked'; question: SyncQuestion }
  | { kind: 'failed'; fault: DeskFault };

export type SyncEffect =
  | { kind: 'confirm' | 'pull' | 'push' | 'fetch' | 'restore'; round: number }
  | { kind: 'open-stream' | 'close-stream' }
  /** The replica may be served: the watch table is at the head, or has its first rows (S13). */
  | { kind: 'serve' }
  /** The agent said yes to what a list takes. */
  | { kind: 'accept-list' }
  /** Delete what the desk gave; the journal stays (S9). */
  | { kind: 'lock' }
  /** Replaces the timer that is set. */
  | { kind: 'set-timer'; delayMs: number }
  | { kind: 'clear-timer' };

export type SyncContext = { nowMs: number; random: () => number };
export type Step = { state: SyncState; effects: SyncEffect[] };

/** `locked`: the sign-in was taken away in an earlier run (S9). */
export function initialSync(nowMs: number, locked = false): SyncState {
  return {
    phase: { kind: 'backoff' },
    round: 0,
    atHead: false,
    wanting: false,
    fetched: false,
    confirmed: false,
    locked,
    streaming: false,
    failures: 0,
    again: false,
    pushAgainAt: null,
    notYets: 0,
    connection: locked ? 'revoked' : 'connecting',
    reason: null,
    sinceAt: nowMs,
    question: null,
  };
}

/** May the replica be given what the desk has (S13)? */
export function mayServe({ atHead, wanting, fetched }: SyncState): boolean {
  return atHead && (!wanting || fetched);
}
