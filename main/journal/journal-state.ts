import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { Command } from '../../shared/tickets/command.ts';
import type { Outcome } from '../../shared/tickets/outcome.ts';
import type { JournalOwner } from './records.ts';

/** A command as the journal's records leave it. */
export type KeptCommand = {
  readonly command: Command;
  readonly sentAt: number | null;
  readonly outcome: Outcome | null;
  readonly left: 'settled' | 'dismissed' | null;
  /** The desk could not read it, or may have lost it with its last life: nothing is said to come after it (S2). */
  readonly noLedgerRow: boolean;
  /** Its ticket is no longer for this agent (S14). */
  readonly gone: boolean;
};

/** What the records say. Changed in place by `foldRecord`, whose caller is its one owner. */
export type JournalState = {
  owner: JournalOwner | null;
  nextNumber: number;
  lastSeq: number;
  /** In the order of `seq`. */
  readonly commands: Map<string, KeptCommand>;
  /** The last command marked sent, by ticket: what the next one comes after (S2). */
  readonly lastSent: Map<string, string>;
  /** The desk's life that the outcomes are of; null where none was met yet (S7). */
  epoch: string | null;
  /** Up to where the desk's backups hold everything (S5). */
  safe: Cursor | null;
  /** Numbers of records that are missing: [first, last]. */
  readonly gaps: [first: number, last: number][];
  /** Commands that other records speak of and that are not here. */
  readonly lostCommandIds: Set<string>;
};

export function emptyJournal(): JournalState {
  return {
    owner: null,
    nextNumber: 0,
    lastSeq: 0,
    commands: new Map(),
    lastSent: new Map(),
    epoch: null,
    safe: null,
    gaps: [],
    lostCommandIds: new Set(),
  };
}
