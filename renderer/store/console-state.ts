import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import type { ShownPresence } from '../../shared/bridge/presence.ts';
import type { SyncStatus } from '../../shared/bridge/sync-status.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Attempt } from '../../shared/tickets/attempt.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import type { UploadProgress } from '../../shared/bridge/blobs.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { EscalationLevel, EscalationReason } from '../../shared/tickets/escalation-level.ts';
import { noPolicyEdit } from './policy-edit.ts';
import type { PolicyEdit } from './policy-edit.ts';
import type { QueueLine } from './queue-lines.ts';
import { queueViews } from './queue-views.ts';
import type { QueueView } from './queue-views.ts';
import type { Done } from './undo.ts';

export type View = QueueView | 'conflicts';

/** What stands in the place of queue and ticket. */
export type Page = 'policy';

export type FocusTarget = 'list' | 'composer' | 'search' | 'page';

export type ComposerMode = 'reply' | 'note';

export type AttemptDraft = Omit<Attempt, 'outcome'> & { outcome: Attempt['outcome'] | null };

export type EscalationDraft = {
  level: EscalationLevel | null;
  reason: EscalationReason | null;
  text: string;
};

export type DataRequestDraft = { what: string; why: string; isPublic: boolean };

/** Null as long as the message is the one that was offered. */
export type ConversionDraft = { reason: string; message: string | null };

/** What an agent has begun on a ticket and not sent; kept beside the journal, over restarts (S17). */
export type TicketDrafts = {
  reply?: string;
  note?: string;
  attempt?: AttemptDraft;
  escalation?: EscalationDraft;
  dataRequest?: DataRequestDraft;
  conversion?: ConversionDraft;
  /** Files that go with them (S16). */
  files?: Partial<Record<FileDraft, readonly Attachment[]>>;
};

/** Drafts that can carry files. */
export const fileDrafts = ['reply', 'note', 'attempt', 'dataRequest'] as const;
export type FileDraft = (typeof fileDrafts)[number];

/** A file on its way from the page to main. */
export type ComingFile = {
  id: number;
  name: string;
  size: number;
  /** Bytes that main has. */
  done: number;
  /** Why it cannot be taken; it then waits to be dismissed. */
  fault: string | null;
};

/** What became of keeping a draft as it now is; none while it waits to be saved. */
export type DraftFate = { kind: 'saved' } | { kind: 'failed'; words: string };

/** A decision that is looked at before it is taken: what it does to the clocks, what it needs. */
export type Decision =
  /** A bug that no attempt has reproduced (W3). */
  | { kind: 'certify' }
  | { kind: 'severity'; severity: Severity }
  | { kind: 'convert' }
  | { kind: 'feature' }
  | { kind: 'take-back' }
  | { kind: 'close' }
  | { kind: 'no-reply' };

/** What stands over or beside the ticket. */
export type Panel =
  | { kind: 'attempt'; ticketId: string }
  | { kind: 'escalation'; ticketId: string }
  | { kind: 'data-request'; ticketId: string }
  | { kind: 'decision'; ticketId: string; decision: Decision }
  | { kind: 'keys' };

export type Timeline = {
  ticketId: string;
  /** Null until the replica has answered. */
  entries: readonly Entry[] | null;
  /** The last reading failed: what is here may be old, or nothing. */
  failed: boolean;
};

export type NextDue = { id: string; reference: string; dueAt: number };

export type Notice = {
  id: number;
  tone: 'info' | 'error';
  text: string;
  /** The ticket it speaks of, if any. */
  ticketId: string | null;
};

export type ConsoleState = {
  phase: 'starting' | 'ready' | 'failed';
  /** Why it could not start. */
  failure: string | null;
  demo: boolean;
  /** Empty until main has said which console this is. */
  consoleId: string;
  agent: Agent | null;
  agents: readonly Agent[];
  policy: CompiledPolicy | null;
  status: SyncStatus | null;
  commands: readonly JournalledCommand[];
  /** What was done here in this run, the newest last: what `z` undoes (S17). */
  done: readonly Done[];
  /** When something was undone last; ms, desk time. What was done before that is not offered again by itself. */
  undoneAt: number;
  /** All that the replica held at start is here. */
  replicaRead: boolean;
  /** The replica has stored a page, now or before: an empty queue is then an empty desk. */
  replicaSynced: boolean;

  /** Grows with each change of the queue; the queue itself is changed in place. */
  revision: number;
  view: View;
  /** Null where queue and ticket are shown. */
  page: Page | null;
  search: string;
  lines: readonly QueueLine[];
  /** Tickets in the list. */
  listed: number;
  counts: Readonly<Record<QueueView, number>>;
  /** Open tickets whose C1 or C2 is overdue or at risk: what the title counts (U5). */
  promises: { overdue: number; atRisk: number };
  /** The nearest due that is still ahead, over all open tickets. */
  nextDue: NextDue | null;

  selectedId: string | null;
  /** Where the selected ticket last stood in the list, for when it leaves it. */
  selectedIndex: number;
  /** Which of the two a narrow window shows. */
  pane: 'queue' | 'ticket';
  timeline: Timeline | null;
  /** A ticket that the agent looked at and no longer has (S14); it stays selected until they go on. */
  goneId: string | null;
  /** A ticket that was read from the desk to be looked at, and is not kept here (S15). */
  visitedId: string | null;
  /** Of the selected ticket; null while none is selected. */
  seen: { ticketId: string; version: number } | null;
  composer: ComposerMode;
  /** The ticket in whose composer the keyboard is; null where it is in none. */
  writing: string | null;
  /** Where the other agents are, as last known (S18). */
  presences: readonly ShownPresence[];
  /** Where the keyboard should go; null once it is there. `n` grows with each wish. */
  focus: { on: FocusTarget | null; n: number };
  panel: Panel | null;
  drafts: Readonly<Record<string, TicketDrafts>>;
  /** Files that are being added, by `comingKey`. */
  comingFiles: Readonly<Record<string, readonly ComingFile[]>>;
  /** Files that are to reach the desk before their commands, by hash (S16). */
  uploads: Readonly<Record<string, UploadProgress>>;
  /** By ticket and mode, as `draftKey` says. */
  draftFates: Readonly<Record<string, DraftFate>>;
  /** Commands being taken back, whose words are in a draft again; by `draftKey`. */
  takenBack: Readonly<Record<string, string>>;
  policyEdit: PolicyEdit;
  notices: readonly Notice[];
  /** What a screen reader is told: alerts and sync, never countdowns. */
  announcement: string;
};

export function initialState(): ConsoleState {
  return {
    phase: 'starting',
    failure: null,
    demo: false,
    consoleId: '',
    agent: null,
    agents: [],
    policy: null,
    status: null,
    commands: [],
    done: [],
    undoneAt: 0,
    replicaRead: false,
    replicaSynced: false,
    revision: 0,
    view: 'my-queue',
    page: null,
    search: '',
    lines: [],
    listed: 0,
    counts: Object.fromEntries(queueViews.map((view) => [view, 0])) as Record<QueueView, number>,
    promises: { overdue: 0, atRisk: 0 },
    nextDue: null,
    selectedId: null,
    selectedIndex: 0,
    pane: 'queue',
    timeline: null,
    goneId: null,
    visitedId: null,
    seen: null,
    composer: 'reply',
    writing: null,
    presences: [],
    focus: { on: null, n: 0 },
    panel: null,
    drafts: {},
    comingFiles: {},
    uploads: {},
    draftFates: {},
    takenBack: {},
    policyEdit: noPolicyEdit,
    notices: [],
    announcement: '',
  };
}
