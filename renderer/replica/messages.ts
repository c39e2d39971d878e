import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';

/** Between the page and its own worker: one program, so types serve; what came from main is parsed before. */

export type ToReplica =
  | { kind: 'open'; name: string }
  /** Comes with the port to main (S15). */
  | { kind: 'port' }
  | { kind: 'timeline'; ticketId: string; request: number }
  /** The ticket on screen: its new entries come along with `changed`. */
  | { kind: 'follow'; ticketId: string };

export type FromReplica =
  /** The stored heads at start, in chunks. */
  | { kind: 'heads'; rows: TicketRow[] }
  /**
   * All stored heads were sent; `synced` where the replica has ever stored a page. `policy` is the one that they
   * belong to; null where none is stored.
   */
  | { kind: 'opened'; synced: boolean; policy: PolicyVersion | null }
  /** A page was stored; `entries` are its entries of the followed ticket, `policy` the one in force with it. */
  | { kind: 'changed'; rows: TicketRow[]; entries: Entry[]; policy: PolicyVersion | null }
  /** Null where they could not be read. */
  | { kind: 'timeline'; request: number; entries: Entry[] | null }
  /** Everything was dropped (S7). */
  | { kind: 'reset' }
  | { kind: 'fault'; message: string };
