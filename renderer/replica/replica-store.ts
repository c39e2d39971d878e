import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';

/**
 * Grows with each change of what a stored record is: a replica of an earlier shape is emptied.
 * replica-shape.test.ts says when.
 */
export const REPLICA_SHAPE = 3;

/** What the replica knows beside tickets; one record, so that it changes whole. */
export type ReplicaState = {
  key: 'state';
  /** Where the replica stands: stored with the page it belongs to, in one transaction (S1). */
  cursor: Cursor | null;
  policy: PolicyVersion | null;
  agents: Agent[];
};

/** One ticket as it is stored. */
export type StoredTicket = {
  id: string;
  /** Null where entries came before the row that goes with them. */
  row: TicketRow | null;
  entries: Entry[];
};

/** The records that the replica consists of (S12). */
export type ReplicaRecords = {
  state: ReplicaState;
  tickets: StoredTicket;
};
export type ReplicaTableName = keyof ReplicaRecords;

/** The fields that records are stored under. */
export const recordKeys = { state: 'key', tickets: 'id' } as const;
export type ReplicaKeys = { state: 'state'; tickets: string };

export type ReplicaTable<Name extends ReplicaTableName> = {
  /** In the order of the keys; undefined for what is not there. */
  get: (keys: readonly ReplicaKeys[Name][]) => Promise<(ReplicaRecords[Name] | undefined)[]>;
  /** By key. */
  all: () => Promise<ReplicaRecords[Name][]>;
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
  close: () => void;
};
