import type { JournalOwner } from '../../main/journal/records.ts';
import type { SyncStatus } from '../../shared/bridge/sync-status.ts';
import type { Command, CommandDraft } from '../../shared/tickets/command.ts';
import type { OutcomeKind } from '../../shared/tickets/outcome.ts';

/** Between a test and a console process; over the child's own channel, so types serve. */

export type ConsoleOrder = {
  /** Where profiles lie. */
  root: string;
  owner: JournalOwner;
  desk: { url: string; token: string };
  /** How far this machine's clocks stand ahead of the test's, ms: a day that has passed. */
  aheadMs: number;
};

export type ToConsole =
  | { kind: 'submit'; request: number; drafts: CommandDraft[] }
  | { kind: 'ask'; request: number }
  | { kind: 'journal'; request: number }
  | { kind: 'rows'; request: number }
  /** Sync now. */
  | { kind: 'wake' }
  | { kind: 'token'; token: string }
  /** Time passes on this machine. */
  | { kind: 'pass'; ms: number }
  /** An ordinary end. */
  | { kind: 'close' };

export type FromConsole =
  /** The queue's first rows are there: the agent can work. */
  | { kind: 'usable'; rows: number; notices: readonly string[]; keptWaitingMs: number }
  | { kind: 'unusable'; message: string }
  | ({ kind: 'answer'; request: number } & ConsoleAnswer);

export type ConsoleAnswer =
  /** What the bridge answers: this is the promise. */
  | { of: 'submit'; saved: Command[] | null; message: string }
  | {
      of: 'ask';
      connection: SyncStatus['connection'];
      waiting: number;
      conflicts: number;
      syncedTo: number;
      replicaAt: number;
    }
  | { of: 'journal'; commands: JournalLine[] }
  /** The watch table: ids and versions. */
  | { of: 'rows'; rows: { id: string; version: number }[] };

/** A command as the journal knows it. */
export type JournalLine = {
  id: string;
  consoleId: string;
  ticketId: string;
  seq: number;
  outcome: OutcomeKind | null;
};
