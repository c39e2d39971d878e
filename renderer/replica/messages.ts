import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import { fromJsonBytes } from './json-bytes.ts';

/** Between the page and its own worker: one program, so types serve; what came from main is parsed before. */

export type ToReplica =
  | { kind: 'open'; name: string }
  /** Comes with the port to main (S15). */
  | { kind: 'port' }
  | { kind: 'timeline'; ticketId: string; request: number }
  /** The ticket on screen: its new entries come along with `changed`. */
  | { kind: 'follow'; ticketId: string };

/** Rows, or where there are many the JSON of them in UTF-8: bytes are handed over, objects are copied twice. */
export type SentRows = readonly TicketRow[] | Uint8Array<ArrayBuffer>;

/** How far the replica is (S8). */
export type ReplicaProgress = {
  /** Tickets that it holds, and that are still to be fetched. */
  held: number;
  wanted: number;
};

export type FromReplica =
  /** The stored heads at start, in chunks. */
  | { kind: 'heads'; rows: SentRows }
  /**
   * All stored heads were sent; `synced` where the replica has ever stored a page. `policy` is the one that they
   * belong to; null where none is stored.
   */
  | { kind: 'opened'; synced: boolean; policy: PolicyVersion | null; progress: ReplicaProgress }
  /** A page, or rows fetched by id, were stored. */
  | {
      kind: 'changed';
      rows: SentRows;
      /** Those of the followed ticket. */
      entries: Entry[];
      /** Tickets that the agent no longer has (S14). */
      removed: readonly string[];
      /** All that the agent has, where the desk said so: every other one goes, too. */
      listed: readonly string[] | null;
      /** The policy in force with the rows. */
      policy: PolicyVersion | null;
      progress: ReplicaProgress;
    }
  /** Null where they could not be read; not whole while the ticket is not here, or not all of it (S15). */
  | { kind: 'timeline'; request: number; entries: Entry[] | null; isWhole: boolean }
  /** Everything was dropped (S7). */
  | { kind: 'reset' }
  /** The stored copy was damaged, or could not be opened: it is fetched anew, and rows given before count no more (S12). */
  | { kind: 'dropped'; why: 'damaged' | 'no-answer' }
  | { kind: 'fault'; message: string };

/** The rows that were sent. */
export function takeRows(sent: SentRows): readonly TicketRow[] {
  // Parsed with their schema when they came from main.
  return sent instanceof Uint8Array ? (fromJsonBytes(sent) as TicketRow[]) : sent;
}
