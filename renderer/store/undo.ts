import { unreachable } from '../../shared/base/assert.ts';
import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import type { Action, Command } from '../../shared/tickets/command.ts';
import type { EntryBody } from '../../shared/tickets/entry.ts';
import type { Status } from '../../shared/tickets/fields.ts';
import type { Stamped, TicketHead } from '../../shared/tickets/head.ts';

/** What can be undone, and how (S17). Pure. */

/** What one key press did. */
export type Done = {
  ticketId: string;
  reference: string;
  /** When it was saved; ms, desk time. */
  at: number;
  /** In journal order. */
  commands: readonly Command[];
  /** The ticket as it was shown just before. */
  before: TicketHead;
};

type Changed<Body> = Body extends { field: unknown; from: unknown; to: unknown }
  ? Pick<Body, 'field' | 'from' | 'to'>
  : never;
/** A field of the ticket that went from one value to another. */
export type FieldChange = Changed<Extract<EntryBody, { kind: 'change' }>>;

/** Why something cannot be undone. */
export type WhyNot =
  /** The desk has it, and it is not of a kind that can be taken back. */
  | { kind: 'stays'; action: Action }
  /** Somebody has changed the field since. */
  | { kind: 'changed'; field: FieldChange['field']; agentId: string | null }
  /** Closing again needs a reason. */
  | { kind: 'close-again' }
  /** It did not take effect; the conflicts view has it. */
  | { kind: 'conflict' };

export type UndoStep =
  /** Not sent yet: as if it had never been. */
  | { kind: 'withdraw'; command: Command }
  /** New changes that bring back what stood before. The first has effect only while `undoes` is what stands. */
  | { kind: 'counter'; undoes: string; change: FieldChange; actions: readonly Action[] }
  | { kind: 'cannot'; why: WhyNot };

/** What undoing is judged by. */
export type UndoContext = {
  commands: readonly JournalledCommand[];
  /** The ticket as it is shown now. */
  shown: TicketHead;
  consoleId: string;
};

/** How to undo what one key press did: the last command first. */
export function undoSteps(done: Done, context: UndoContext): UndoStep[] {
  return done.commands.toReversed().map((command) => undoStep(command, done.before, context));
}

function undoStep(command: Command, before: TicketHead, context: UndoContext): UndoStep {
  const state = context.commands.find((each) => each.command.id === command.id)?.state;
  switch (state) {
    case 'queued':
      return { kind: 'withdraw', command };
    case 'held':
    case 'superseded':
    case 'refused':
      return { kind: 'cannot', why: { kind: 'conflict' } };
    // Not in the journal's list any more: the desk took it, and both caches have it.
    case undefined:
    case 'sent':
    case 'accepted': {
      const change = changeBy(command.action, before);
      if (change === null)
        return { kind: 'cannot', why: { kind: 'stays', action: command.action } };
      return counterStep(change, command.id, context);
    }
    default:
      return unreachable(state);
  }
}

/** Takes back a change that the desk may have: a command against it, as long as it is what stands (S17). */
export function counterStep(
  change: FieldChange,
  commandId: string,
  { shown, consoleId }: Pick<UndoContext, 'shown' | 'consoleId'>,
): UndoStep {
  const stands = fieldOf(shown, change.field);
  const isOwn =
    stands.commandId === commandId ||
    (stands.consoleId === consoleId && stands.value === change.to);
  if (!isOwn || stands.commandId === null)
    return {
      kind: 'cannot',
      why: { kind: 'changed', field: change.field, agentId: stands.agentId },
    };
  const actions = counterActions(change);
  if (actions === null) return { kind: 'cannot', why: { kind: 'close-again' } };
  // What stands may be an earlier undo of this console, which brought this value back.
  return { kind: 'counter', undoes: stands.commandId, change, actions };
}

/** Is it this command's value that the ticket shows, and can a key bring the one before back? */
export function stillStands(change: FieldChange, commandId: string, shown: TicketHead): boolean {
  return (
    change.from !== change.to &&
    fieldOf(shown, change.field).commandId === commandId &&
    counterActions(change) !== null
  );
}

/** The field that an action changes, from what to what; null for what changes none, or not this time. */
export function changeBy(action: Action, before: TicketHead): FieldChange | null {
  switch (action.kind) {
    case 'set-severity':
      return different({ field: 'severity', from: before.severity.value, to: action.severity });
    case 'set-category':
      return different({ field: 'category', from: before.category.value, to: action.category });
    case 'set-server-fault':
      return different({
        field: 'server-fault',
        from: before.serverFault.value,
        to: action.serverFault,
      });
    case 'assign':
      return different({ field: 'assignee', from: before.assignee.value, to: action.assignee });
    case 'set-waiting':
      return different({ field: 'status', from: before.status.value, to: 'waiting' });
    case 'resolve':
      return different({ field: 'status', from: before.status.value, to: 'resolved' });
    case 'reopen':
      return different({ field: 'status', from: before.status.value, to: 'open' });
    case 'close':
      return different({ field: 'status', from: before.status.value, to: 'closed' });
    // These are taken back by keys of their own, or not at all.
    case 'convert-to-feature':
    case 'undo-conversion':
    case 'no-reply-needed':
    case 'reply-needed':
    case 'set-data-request':
    case 'reply':
    case 'note':
    case 'record-attempt':
    case 'request-data':
    case 'escalate':
    case 'acknowledge-escalation':
    case 'decide':
      return null;
    default:
      return unreachable(action);
  }
}

function different(change: FieldChange): FieldChange | null {
  return change.from === change.to ? null : change;
}

/** Said where the rules ask for a reason: a severity below what was asked for (W7), a bug nobody reproduced (W3). */
const REASON = 'Undone';

/** What brings the earlier value back; null where that needs an agent's words. */
function counterActions(change: FieldChange): Action[] | null {
  switch (change.field) {
    case 'severity':
      return [{ kind: 'set-severity', severity: change.from, reason: REASON }];
    case 'category':
      return [{ kind: 'set-category', category: change.from, reason: REASON }];
    case 'server-fault':
      return [{ kind: 'set-server-fault', serverFault: change.from }];
    case 'assignee':
      return [{ kind: 'assign', assignee: change.from }];
    case 'status':
      return backToStatus(change.from, change.to);
    default:
      return unreachable(change);
  }
}

/** Only an open ticket can be set waiting, and a closed one must be open before it is anything else (C13). */
function backToStatus(from: Status, to: Status): Action[] | null {
  switch (from) {
    case 'open':
      return [{ kind: 'reopen' }];
    case 'waiting':
      return to === 'open'
        ? [{ kind: 'set-waiting' }]
        : [{ kind: 'reopen' }, { kind: 'set-waiting' }];
    case 'resolved':
      return to === 'closed' ? [{ kind: 'reopen' }, { kind: 'resolve' }] : [{ kind: 'resolve' }];
    case 'closed':
      return null;
    default:
      return unreachable(from);
  }
}

function fieldOf(head: TicketHead, field: FieldChange['field']): Stamped<string | boolean | null> {
  switch (field) {
    case 'severity':
      return head.severity;
    case 'category':
      return head.category;
    case 'server-fault':
      return head.serverFault;
    case 'assignee':
      return head.assignee;
    case 'status':
      return head.status;
    default:
      return unreachable(field);
  }
}
