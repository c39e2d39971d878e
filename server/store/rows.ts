import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import type { SightChange } from './sight.ts';
import type { Outcome } from '../../shared/tickets/outcome.ts';

/** The desk's one row: who it is and how far its order of changes goes (S1, S7). */
export type Counter = {
  /** The desk's id, for ever; its epoch is new after a restore (S7). */
  deskId: string;
  epoch: string;
  /** The version at which the epoch began (S7). */
  epochVersion: number;
  version: number;
  /** The newest version's mark, 16 hex digits. */
  mark: string;
  /** The newest version's acceptedAt, ms since epoch; none is ever before it (C6). */
  acceptedAt: number;
  /** Version of the policy in force; 0 before the first. */
  policyVersion: number;
  /** The number of the next reference that the desk gives. */
  nextReference: number;
  /** A desk of invented tickets. */
  demo: boolean;
  /** What the newest verified backup holds (S5); null where there is none. */
  safe: Cursor | null;
};

/** One place in the order of changes. */
export type VersionRow = { version: number; mark: string; acceptedAt: number };

/** A ticket as it is stored. */
export type TicketRecord = {
  head: TicketHead;
  /** The first instant at which `settle` would find a miss; null where no clock runs (C11). ms since epoch. */
  settleAt: number | null;
};

/** A decided command (S2). It is never changed but for its resolution. */
export type LedgerRow = {
  commandId: string;
  agentId: string;
  consoleId: string;
  seq: number;
  ticketId: string;
  outcome: Outcome;
  /** What a `decide` made of a held command; null while nobody has decided, and for all others (S3). */
  resolution: 'replaced' | 'discarded' | null;
};

/** An agent with the SHA-256 of their token in hex; null where they cannot sign in. */
export type AgentRecord = { agent: Agent; tokenHash: string | null };

/** Everything that one transaction writes, saved by as few statements as there are tables (S2). */
export type Changes = {
  counter: Counter;
  versions: VersionRow[];
  /** Tickets that were not there before. */
  newTickets: TicketRecord[];
  /** Tickets that were. */
  tickets: TicketRecord[];
  entries: Entry[];
  ledger: LedgerRow[];
  resolutions: { commandId: string; resolution: 'replaced' | 'discarded' }[];
  policies: PolicyVersion[];
  agents: AgentRecord[];
  /** Who got tickets into or out of sight (S14). */
  sight: SightChange[];
  /** Tickets that consoles keep no more (S15). */
  retire: string[];
};
