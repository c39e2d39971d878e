import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';

/**
 * Grows with each change of what a stored record is: a replica of an earlier shape is emptied.
 * replica-shape.test.ts says when.
 */
export const REPLICA_SHAPE = 4;

/** What the replica knows beside tickets, and what else there must be; one record, so that it changes whole. */
export type ReplicaState = {
  key: 'state';
  /** Grows with each transaction: who finds another number than the one they wrote is not the only writer. */
  writes: number;
  /** Where the replica stands: stored with the page it belongs to, in one transaction (S1). */
  cursor: Cursor | null;
  policy: PolicyVersion | null;
  agents: Agent[];
  /** The chunks in the order in which they are read (S12). */
  chunks: number[];
  /** How many fresh records there are, and how many tickets are wanted (S12). */
  fresh: number;
  wanted: number;
  /** For the next chunk or block; no number is given twice. */
  nextNumber: number;
};

/**
 * Up to 1,000 tickets' rows as one text: read back in a fraction of the time that 1,000 records take (S12). Never
 * changed, only replaced; what came since is in `fresh`.
 */
export type Chunk = {
  n: number;
  /** Of each ticket, in the order of the text. */
  ids: string[];
  versions: number[];
  decidedSeqs: number[];
  /** The block that its entries are in; 0 where there are none. */
  blocks: number[];
  /** The rows as JSON in UTF-8, as they came. */
  bytes: Uint8Array<ArrayBuffer>;
  digest: string;
};

/** Entries of some tickets of one chunk, as JSON in UTF-8. Never changed, only replaced. */
export type Block = { n: number; bytes: Uint8Array<ArrayBuffer>; digest: string };

/** What came for a ticket since its chunk was written, or before it is in any. */
export type FreshTicket = {
  id: string;
  /** What its chunk holds of it counts no more: it was removed (S14). */
  masks: boolean;
  /** Null where its chunk has the newest row, or where entries came before any. */
  row: TicketRow | null;
  entries: Entry[];
};

/** Tickets to be fetched by id, in order; so many that one fetch takes about one record (S8). */
export type WantedBlock = { n: number; ids: string[] };

/** The records that the replica consists of (S12). */
export type ReplicaRecords = {
  state: ReplicaState;
  chunks: Chunk;
  blocks: Block;
  fresh: FreshTicket;
  wanted: WantedBlock;
};
export type ReplicaTableName = keyof ReplicaRecords;

/** The fields that records are stored under. */
export const recordKeys = {
  state: 'key',
  chunks: 'n',
  blocks: 'n',
  fresh: 'id',
  wanted: 'n',
} as const;
export type ReplicaKeys = {
  state: 'state';
  chunks: number;
  blocks: number;
  fresh: string;
  wanted: number;
};

export type ReplicaTable<Name extends ReplicaTableName> = {
  /** In the order of the keys; undefined for what is not there. */
  get: (keys: readonly ReplicaKeys[Name][]) => Promise<(ReplicaRecords[Name] | undefined)[]>;
  /** By key. */
  all: () => Promise<ReplicaRecords[Name][]>;
  /** In their order, without the records. */
  keys: () => Promise<ReplicaKeys[Name][]>;
  put: (records: readonly ReplicaRecords[Name][]) => Promise<void>;
  remove: (keys: readonly ReplicaKeys[Name][]) => Promise<void>;
  clear: () => Promise<void>;
};
export type ReplicaTables = { readonly [Name in ReplicaTableName]: ReplicaTable<Name> };

/** What the replica is kept in: IndexedDB in the console, memory where there is none. */
export type ReplicaStore = {
  /**
   * One transaction over all tables: what the step writes is stored whole when this resolves, or not at all where it
   * rejects or the process ends (S1). The step waits for nothing but its tables.
   */
  write: <T>(step: (tables: ReplicaTables) => Promise<T>) => Promise<T>;
  /** One look at all tables, as of one moment. */
  read: <T>(step: (tables: ReplicaTables) => Promise<T>) => Promise<T>;
  /** Deletes all there is, readable or not, and closes. The next one that opens begins anew (S12). */
  drop: () => Promise<void>;
  close: () => void;
};
