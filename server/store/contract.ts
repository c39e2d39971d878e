import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import type { CopySource } from '../backup/copy-source.ts';
import type { News } from './news.ts';
import type { Viewer } from '../../shared/tickets/may-see.ts';
import type { BlobStore } from './blob-store.ts';
import type { SightChange } from './sight.ts';
import type { AgentRecord, Changes, Counter, LedgerRow } from './rows.ts';

/** The versions after one and up to another, itself included. */
export type VersionRange = { after: number; upTo: number };

/** Whose commands on what. */
export type ConsoleTicket = { consoleId: string; ticketId: string };

/** Which console asks, for whom. */
export type Asker = { viewer: Viewer; consoleId: string };

/** A head as JSON text, with how far the desk decided on the asking console's commands there (S4). */
export type RowText = { id: string; headJson: string; decidedSeq: number };

/** What can be asked of the store in any transaction. All answers in one transaction are of one moment. */
export type Reading = {
  counter: () => Promise<Counter>;
  /** Null where there is no such version. */
  markOf: (version: number) => Promise<string | null>;
  /**
   * The last version of the range that still fits into `maxSize` characters of rows and entries; at least the
   * first one that has any, so that a version is never split (S1).
   */
  fittingEnd: (range: VersionRange, maxSize: number) => Promise<number>;
  /** Heads that were changed last in the range, by version, as JSON text, with S4's decidedSeq. Only what consoles keep. */
  rows: (range: VersionRange, asker: Asker) => Promise<readonly RowText[]>;
  /** Heads changed after a version that hold a step of these rules, as `rows` gives them (C14). */
  rowsWithSteps: (after: number, rules: number, asker: Asker) => Promise<readonly RowText[]>;
  /** Tickets by id that the asker may see, also those that consoles keep no more. In no order. */
  rowsById: (ids: readonly string[], asker: Asker) => Promise<readonly RowText[]>;
  /** Entries of the range by version, as JSON text, of tickets that consoles keep. */
  entries: (range: VersionRange, viewer: Viewer) => Promise<readonly string[]>;
  /** The timelines of tickets, as JSON text. */
  entriesOf: (ids: readonly string[]) => Promise<readonly { ticketId: string; json: string }[]>;
  /** What came into or went out of the viewer's sight in the range and still is, by the tickets as they are (S14). */
  sight: (range: VersionRange, viewer: Viewer) => Promise<readonly SightChange[]>;
  /** All that the viewer sees and consoles keep: heads of open tickets, ids of the others, newest change first (S8). */
  kept: (viewer: Viewer) => Promise<{ open: readonly TicketHead[]; ended: readonly string[] }>;
  /** Tickets that consoles keep and that ended before an instant, ms since epoch (S15). */
  toRetire: (endedBefore: number, limit: number) => Promise<readonly string[]>;
  agent: (id: string) => Promise<Agent | null>;
  agentsIn: (range: VersionRange) => Promise<readonly Agent[]>;
  /** The policy in force; null before the first. */
  policy: () => Promise<PolicyVersion | null>;
  /** Every version that there was, oldest first. */
  policies: () => Promise<readonly PolicyVersion[]>;

  heads: (ids: readonly string[]) => Promise<readonly TicketHead[]>;
  /** A ticket's timeline in its order. */
  timeline: (ticketId: string) => Promise<readonly Entry[]>;
  ticketIdOf: (reference: string) => Promise<string | null>;
  /** Tickets that are not closed, by id, after one of them; null for the first (C14). */
  unclosedHeads: (after: string | null, limit: number) => Promise<readonly TicketHead[]>;
  /** The newest tickets that agents are still to act on. */
  openHeads: (limit: number) => Promise<readonly TicketHead[]>;
  countTickets: () => Promise<number>;
  /** When the oldest ticket was submitted, ms since epoch; null where there is none (C15). */
  oldestSubmittedAt: () => Promise<number | null>;
  teamIds: () => Promise<readonly string[]>;
  /** Which of these are taken already. */
  taken: (names: {
    ticketIds: readonly string[];
    references: readonly string[];
    entryIds: readonly string[];
  }) => Promise<readonly string[]>;
  /** Tickets whose settleAt is at or before an instant, earliest first (C11). */
  toSettle: (at: number, limit: number) => Promise<readonly string[]>;

  ledger: (commandIds: readonly string[]) => Promise<readonly LedgerRow[]>;
  /** Held commands that nobody has decided on (S3). */
  openHeld: (places: readonly ConsoleTicket[]) => Promise<readonly LedgerRow[]>;

  /** Which of these files are here whole, and with what size (S16). */
  blobSizes: (hashes: readonly string[]) => Promise<readonly { hash: string; size: number }[]>;
  /** Does an entry of a ticket that they see name the file (S14, S16)? */
  seesBlob: (viewer: Viewer, hash: string) => Promise<boolean>;
  /** Did the agent send the whole of the file themselves? */
  holdsBlob: (agentId: string, hash: string) => Promise<boolean>;

  agents: () => Promise<readonly AgentRecord[]>;
  agentByToken: (tokenHash: string) => Promise<Agent | null>;
};

/** A transaction that holds the lock on the counter, taken before anything else was read (S1). */
export type Writing = Reading & {
  /** The counter as it was locked. */
  readonly locked: Counter;
  /**
   * Writes a part of the transaction. What is read after it need not show it. Nothing is kept if the work throws.
   */
  save: (changes: Changes) => Promise<void>;
};

/** Where the desk keeps everything. One suite runs over every implementation (test/contract). */
export type Store = {
  /**
   * May this process go by what it knows, without asking (S6)? Where no other process writes, always; else while the
   * others' news comes in.
   */
  hearsAll: () => boolean;
  /** Hears of every commit and of what is told, here and in other desk processes, until what it returns is called. */
  onNews: (listener: (news: News) => void) => () => void;
  /** Tells the other desk processes something that no transaction holds. What cannot be told now is not told. */
  tellOthers: (news: News) => void;
  write: <T>(work: (transaction: Writing) => Promise<T>) => Promise<T>;
  /** A read-only snapshot: REPEATABLE READ (S1). */
  read: <T>(work: (snapshot: Reading) => Promise<T>) => Promise<T>;
  /** Sets whom a token stands for. No version: consoles never see tokens. False where there is no such agent. */
  setToken: (agentId: string, tokenHash: string) => Promise<boolean>;
  /** Files: their bytes go beside the order of changes, and the entries that are saved say which are used. */
  readonly blobs: BlobStore;
  /** Did a write fail because of what was to be written, and not because of the store's own state? */
  isDataFault: (error: unknown) => boolean;
  /** How this process itself makes backups (S5); null where that is the operator's. */
  readonly copySource: CopySource | null;
  close: () => Promise<void>;
};

/** What a new store is given before its first use. */
export type NewStore = { deskId: string; epoch: string };

/** The counter of a desk on which nothing has happened. */
export function firstCounter({ deskId, epoch }: NewStore): Counter {
  return {
    deskId,
    epoch,
    epochVersion: 0,
    version: 0,
    mark: '0'.repeat(16),
    acceptedAt: 0,
    policyVersion: 0,
    nextReference: 10_001,
    demo: false,
    safe: null,
  };
}
