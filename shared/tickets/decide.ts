import { unreachable } from '../base/assert.ts';
import type { Role } from '../base/roles.ts';
import { apply } from './apply.ts';
import type { Applied } from './apply.ts';
import type { ApplyContext } from './apply-context.ts';
import type { Action, Command } from './command.ts';
import type { TicketHead } from './head.ts';
import type { Outcome, Refusal } from './outcome.ts';

/** What the desk knows beside the head when it decides. */
export type DecideContext = {
  /** The version and instant this command gets (C6). */
  version: number;
  acceptedAt: number;
  agentName: string;
  role: Role;
  /** Held commands of this console on this ticket that nobody has decided on yet (S3). */
  openHeld: readonly string[];
};

export type Decision = {
  outcome: Outcome;
  /** Null where the command has no effect on the ticket. */
  applied: Applied | null;
};

/**
 * The desk's decision on one command (S3). Runs on the desk only, under its counter lock; consoles only show
 * what came of it.
 */
export function decide(head: TicketHead, command: Command, context: DecideContext): Decision {
  const accepted = { version: context.version, acceptedAt: context.acceptedAt };
  const wrongDecision = checkDecide(command, context);
  if (wrongDecision !== null)
    return { outcome: { kind: 'refused', ...accepted, refusal: wrongDecision }, applied: null };

  const because = heldBecause(head, command, context);
  if (because !== null) return { outcome: { kind: 'held', ...accepted, because }, applied: null };

  const clash = findClash(head, command);
  if (clash !== null)
    return { outcome: { kind: 'superseded', ...accepted, ...clash }, applied: null };

  const applyContext: ApplyContext = {
    ...accepted,
    writtenAt: command.writtenAt,
    agentId: command.agentId,
    agentName: context.agentName,
    role: context.role,
    consoleId: command.consoleId,
    commandId: command.id,
  };
  const applied = apply(head, command.action, applyContext);
  if (!applied.ok)
    return { outcome: { kind: 'refused', ...accepted, refusal: applied.error }, applied: null };
  const kind = command.baseVersion < head.version ? 'merged' : 'applied';
  return { outcome: { kind, ...accepted }, applied: applied.value };
}

/** One `decide` covers the whole open group (S3). */
function checkDecide(command: Command, context: DecideContext): Refusal | null {
  if (command.action.kind !== 'decide') return null;
  const named = new Set(command.action.held.map((each) => each.id));
  const isWholeGroup =
    named.size === context.openHeld.length && context.openHeld.every((id) => named.has(id));
  return isWholeGroup
    ? null
    : {
        code: 'not-held',
        message:
          'A decision must name every held change of this console on the ticket, and no other.',
      };
}

/** Kinds that speak to the customer, or would stop, suspend or excuse C1 or C3 (S3). */
export function mustNotMissMessages(action: Action): boolean {
  switch (action.kind) {
    case 'reply':
    case 'set-waiting':
    case 'resolve':
    case 'close':
    case 'no-reply-needed':
    case 'convert-to-feature':
      return true;
    case 'set-category':
      return action.category === 'feature';
    case 'request-data':
      return action.isPublic;
    case 'note':
    case 'record-attempt':
    case 'set-severity':
    case 'assign':
    case 'reopen':
    case 'escalate':
    case 'acknowledge-escalation':
    case 'undo-conversion':
    case 'set-server-fault':
    case 'reply-needed':
    case 'set-data-request':
    case 'decide':
      return false;
    default:
      return unreachable(action);
  }
}

/** The customer reads it: it may have reached them in a life of the desk that was lost (S7). */
export function speaksToCustomer(action: Action): boolean {
  return (
    action.kind === 'reply' ||
    action.kind === 'convert-to-feature' ||
    (action.kind === 'request-data' && action.isPublic)
  );
}

type HeldBecause = Extract<Outcome, { kind: 'held' }>['because'];

function heldBecause(
  head: TicketHead,
  command: Command,
  context: DecideContext,
): HeldBecause | null {
  if (!mustNotMissMessages(command.action)) return null;
  if (context.openHeld.length > 0) return 'group';
  if (command.afterRestore && speaksToCustomer(command.action)) return 'after-restore';
  if (head.lastCustomerMessageVersion > command.threadSeen) return 'customer-message';
  const otherReplied = Object.entries(head.replyVersions).some(
    ([agentId, version]) => agentId !== command.agentId && version > command.threadSeen,
  );
  return otherReplied ? 'agent-reply' : null;
}

type Clash = Omit<Extract<Outcome, { kind: 'superseded' }>, 'kind' | 'version' | 'acceptedAt'>;

/** Undoing has effect only while what is undone still stands (S17); else another console's newer value wins (S3). */
function isAnothers(stands: FieldChange['stands'], command: Command): boolean {
  if (command.undoes !== null) return stands.commandId !== command.undoes;
  return stands.version > command.baseVersion && stands.consoleId !== command.consoleId;
}

type FieldChange = {
  field: Clash['field'];
  stands: Pick<TicketHead['category'], 'version' | 'at' | 'agentId' | 'consoleId' | 'commandId'> & {
    value: string | boolean | null;
  };
  wanted: string | boolean | null;
};

/** Another console changed the same field to another value after this command's base (S3). */
function findClash(head: TicketHead, command: Command): Clash | null {
  const clash = fieldChanges(head, command.action).find(
    ({ stands, wanted }) => stands.value !== wanted && isAnothers(stands, command),
  );
  if (clash === undefined) return null;
  const { stands, wanted, field } = clash;
  return {
    field,
    standing: String(stands.value ?? 'nobody'),
    wanted: String(wanted ?? 'nobody'),
    standingAgentId: stands.agentId,
    standingAt: stands.at,
  };
}

function fieldChanges(head: TicketHead, action: Action): FieldChange[] {
  switch (action.kind) {
    case 'set-severity':
      return [{ field: 'severity', stands: head.severity, wanted: action.severity }];
    case 'set-server-fault':
      return [{ field: 'server-fault', stands: head.serverFault, wanted: action.serverFault }];
    case 'set-category':
      return [{ field: 'category', stands: head.category, wanted: action.category }];
    case 'convert-to-feature':
      // It lowers the severity, too: one that a colleague has set since must not be lost (W5).
      return [
        { field: 'category', stands: head.category, wanted: 'feature' },
        { field: 'severity', stands: head.severity, wanted: 'low' },
      ];
    case 'undo-conversion':
      return head.conversion === null
        ? [{ field: 'category', stands: head.category, wanted: null }]
        : [];
    case 'assign':
      return [{ field: 'assignee', stands: head.assignee, wanted: action.assignee }];
    case 'set-waiting':
      return [{ field: 'status', stands: head.status, wanted: 'waiting' }];
    case 'resolve':
      return [{ field: 'status', stands: head.status, wanted: 'resolved' }];
    case 'reopen':
      return [{ field: 'status', stands: head.status, wanted: 'open' }];
    case 'close':
      return [{ field: 'status', stands: head.status, wanted: 'closed' }];
    case 'set-data-request': {
      const request = head.dataRequests.find((each) => each.id === action.requestId);
      return request === undefined
        ? []
        : [{ field: 'data-request', stands: request.state, wanted: action.state }];
    }
    case 'reply':
    case 'note':
    case 'record-attempt':
    case 'no-reply-needed':
    case 'reply-needed':
    case 'request-data':
    case 'escalate':
    case 'acknowledge-escalation':
    case 'decide':
      return [];
    default:
      return unreachable(action);
  }
}
