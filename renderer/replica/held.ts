import type { TicketRow } from '../../shared/tickets/view.ts';
import type { ReplicaState, ReplicaStore } from './replica-store.ts';
import { wantedOf } from './wanted.ts';
import type { Wanted } from './wanted.ts';

/** What is known of a stored ticket without reading it. Never changed: a change makes a new one. */
export type Known = {
  /** Of its row; -1 where there is none (removed, or its entries came first). */
  version: number;
  decidedSeq: number;
  /** The chunk and the block that it lies in; 0 for none. */
  chunk: number;
  block: number;
  /** There is a fresh record of it. */
  isFresh: boolean;
  /** What its chunk and block hold of it counts no more. */
  isMasked: boolean;
};

/** An opened replica: its store, and what this worker knows of it. Changed by `change` only, after each transaction. */
export type Held = {
  readonly store: ReplicaStore;
  state: ReplicaState;
  readonly tickets: Map<string, Known>;
  /** How many tickets have a row. */
  count: number;
  readonly wanted: Wanted;
};

export const emptyState: ReplicaState = {
  key: 'state',
  writes: 0,
  cursor: null,
  policy: null,
  agents: [],
  chunks: [],
  fresh: 0,
  wanted: 0,
  nextNumber: 1,
};

export function nothingHeld(store: ReplicaStore): Held {
  return { store, state: emptyState, tickets: new Map(), count: 0, wanted: wantedOf([]) };
}

/** Is there a row of it? */
export function isHeld(held: Held, ticketId: string): boolean {
  return (held.tickets.get(ticketId)?.version ?? -1) >= 0;
}

/** Does this row replace what is known (S8, S4)? */
export function isNewer({ head, decidedSeq }: TicketRow, known: Known | undefined): boolean {
  if (known === undefined) return true;
  if (head.version !== known.version) return head.version > known.version;
  return decidedSeq > known.decidedSeq;
}
