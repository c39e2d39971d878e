import { unreachable } from '../base/assert.ts';
import { ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import {
  notOpen,
  setAssignee,
  setCategory,
  setServerFault,
  setSeverity,
  setStatus,
} from './apply-fields.ts';
import type { ApplyContext, HeadChange } from './apply-context.ts';
import { carried } from './attachment.ts';
import type { Action } from './command.ts';
import { convertToFeature, undoConversion } from './conversion.ts';
import { requestData, setDataRequest } from './data-request.ts';
import type { Author, Entry } from './entry.ts';
import { isOpen } from './fields.ts';
import type { TicketHead } from './head.ts';
import type { Refusal } from './outcome.ts';
import { refused } from './refused.ts';
import { stamp } from './stamp.ts';
import { endMisses, resumeMisses } from './runs.ts';
import { noteReply, touched } from './thread.ts';

export type Applied = { head: TicketHead; entries: Entry[] };

/**
 * What a command does to a ticket's facts. Pure, and blind to policy document, zone, clock and base version,
 * so that console and desk agree. Refuses what makes no sense on the ticket as it is.
 */
export function apply(
  head: TicketHead,
  action: Action,
  context: ApplyContext,
): Result<Applied, Refusal> {
  const changed = changeHead(head, action, context);
  if (!changed.ok) return changed;
  const author: Author = { kind: 'agent', id: context.agentId, name: context.agentName };
  return ok({
    head: { ...touched(changed.value.head, context.acceptedAt), version: context.version },
    entries: changed.value.bodies.map((body, index) => ({
      id: `${context.commandId}/${index}`,
      ticketId: head.id,
      version: context.version,
      author,
      commandId: context.commandId,
      acceptedAt: context.acceptedAt,
      writtenAt: context.writtenAt,
      body,
    })),
  });
}

function changeHead(
  head: TicketHead,
  action: Action,
  context: ApplyContext,
): Result<HeadChange, Refusal> {
  switch (action.kind) {
    case 'reply':
      return ok({
        head: noteReply(head, context.agentId, context.version, context.acceptedAt),
        bodies: [{ kind: 'message', text: action.text, ...carried(action) }],
      });
    case 'note':
      return ok({ head, bodies: [{ kind: 'note', text: action.text, ...carried(action) }] });
    case 'record-attempt':
      return ok({
        head: {
          ...head,
          attempts: {
            count: head.attempts.count + 1,
            lastOutcome: action.attempt.outcome,
            reproduced: head.attempts.reproduced || action.attempt.outcome === 'reproduced',
          },
        },
        bodies: [{ kind: 'attempt', attempt: action.attempt, ...carried(action) }],
      });
    case 'set-severity':
      return setSeverity(head, action, context);
    case 'set-category':
      return setCategory(head, action, context);
    case 'assign':
      return ok(setAssignee(head, action.assignee, context));
    case 'set-waiting':
      if (!isOpen(head.status.value)) return notOpen(head);
      return ok(setStatus(head, 'waiting', null, null, context));
    case 'resolve':
      if (head.status.value === 'closed') return notOpen(head);
      return ok(setStatus(head, 'resolved', null, null, context));
    case 'reopen':
      return ok(setStatus(head, 'open', null, null, context));
    case 'close':
      if (action.reason === 'other' && action.text.trim() === '')
        return refused('needs-reason', 'Closing with the reason "other" needs a text.');
      return ok(setStatus(head, 'closed', action.reason, action.text, context));
    case 'no-reply-needed':
      if (head.unanswered === null)
        return refused('nothing-to-do', 'No customer message is waiting for an answer.');
      return ok({
        head: {
          ...endMisses(head, ['C3'], context.acceptedAt),
          unanswered: null,
          dismissed: head.unanswered,
        },
        bodies: [{ kind: 'no-reply-needed', text: action.text }],
      });
    case 'reply-needed':
      if (head.dismissed === null)
        return refused('nothing-to-do', 'Nothing was set aside as needing no reply.');
      return ok({
        head: resumeMisses({ ...head, unanswered: head.dismissed, dismissed: null }),
        bodies: [{ kind: 'reply-needed' }],
      });
    case 'convert-to-feature':
      return convertToFeature(head, action, context);
    case 'undo-conversion':
      return undoConversion(head, action.conversionId, context);
    case 'set-server-fault':
      return setServerFault(head, action.serverFault, context);
    case 'request-data':
      return requestData(head, action, context);
    case 'set-data-request':
      return setDataRequest(head, action.requestId, action.state, context);
    case 'escalate':
      return escalate(head, action, context);
    case 'acknowledge-escalation':
      return acknowledge(head, action.escalationId, context);
    case 'decide':
      // It speaks of the ledger, not of the ticket (S3).
      return ok({ head, bodies: [] });
    default:
      return unreachable(action);
  }
}

function escalate(
  head: TicketHead,
  action: Extract<Action, { kind: 'escalate' }>,
  context: ApplyContext,
): Result<HeadChange, Refusal> {
  if (action.reason === 'other' && action.text.trim() === '')
    return refused('needs-reason', 'Escalating with the reason "other" needs a text.');
  if (action.level === 'product-management' && head.category.value !== 'feature')
    return refused('bad-command', 'Only feature requests go to product management.');
  return ok({
    head: {
      ...head,
      escalations: [
        ...head.escalations,
        {
          id: context.commandId,
          level: action.level,
          reason: action.reason,
          at: context.acceptedAt,
          agentId: context.agentId,
          acknowledged: stamp(false, context),
        },
      ],
    },
    bodies: [{ kind: 'escalation', level: action.level, reason: action.reason, text: action.text }],
  });
}

function acknowledge(
  head: TicketHead,
  escalationId: string,
  context: ApplyContext,
): Result<HeadChange, Refusal> {
  const escalation = head.escalations.find((each) => each.id === escalationId);
  if (escalation === undefined)
    return refused('bad-command', 'There is no such escalation on this ticket.');
  if (escalation.acknowledged.value) return ok({ head, bodies: [] });
  return ok({
    head: {
      ...head,
      escalations: head.escalations.map((each) =>
        each.id === escalationId ? { ...each, acknowledged: stamp(true, context) } : each,
      ),
    },
    bodies: [{ kind: 'acknowledged', escalationId }],
  });
}
