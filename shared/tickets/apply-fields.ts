import { ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { isAbove } from '../policy/severity.ts';
import type { ApplyContext, HeadChange } from './apply-context.ts';
import type { Action } from './command.ts';
import { isOpen } from './fields.ts';
import type { CloseReason, Status } from './fields.ts';
import type { TicketHead } from './head.ts';
import type { Refusal } from './outcome.ts';
import { refused } from './refused.ts';
import { endedBy, endMisses, resumeMisses } from './runs.ts';
import { severityStep } from './severity-step.ts';
import { stamp } from './stamp.ts';
import { pauseUpdates, restartPauses, resumeUpdates } from './thread.ts';

/** The fields that agents set: severity and triage, category, status, assignee. */

/** Sets the severity; setting the one it has confirms it (C5). Below what the customer asked for needs a reason (W7). */
export function setSeverity(
  head: TicketHead,
  action: Extract<Action, { kind: 'set-severity' }>,
  context: ApplyContext,
): Result<HeadChange, Refusal> {
  const isBelowAsked = head.asked.some((each) => isAbove(each.severity, action.severity));
  if (isBelowAsked && (action.reason ?? '').trim() === '')
    return refused('needs-reason', 'A severity below what the customer asked for needs a reason.');
  const triaged = triage(head, context);
  const from = head.severity.value;
  const { severity, reason } = action;
  const change = { kind: 'change', field: 'severity', from, to: severity, reason } as const;
  if (from === severity) return ok({ head: triaged, bodies: head.triaged.value ? [] : [change] });
  return ok({
    head: {
      ...triaged,
      severity: stamp(severity, context),
      severitySteps: [
        ...head.severitySteps,
        severityStep(head, { severity, serverFault: head.serverFault.value }, context),
      ],
    },
    bodies: [change],
  });
}

/** Somebody has looked: that ends C5, once. Its stamp is the end, so a later change must leave it. */
function triage(head: TicketHead, context: ApplyContext): TicketHead {
  if (head.triaged.value) return head;
  return {
    ...endMisses(head, ['C5'], context.acceptedAt),
    triaged: stamp(true, context),
    triageEndAsk: head.asked.length,
  };
}

/** Marks a fault of a SaaS customer's server, which the policy may count around the clock (P1, C15). */
export function setServerFault(
  head: TicketHead,
  to: boolean,
  context: ApplyContext,
): Result<HeadChange, Refusal> {
  const from = head.serverFault.value;
  if (from === to) return ok({ head, bodies: [] });
  if (to && head.customer.licence !== 'saas')
    return refused(
      'bad-command',
      'Only servers of SaaS customers are looked after around the clock.',
    );
  return ok({
    head: {
      ...head,
      serverFault: stamp(to, context),
      severitySteps: [
        ...head.severitySteps,
        severityStep(head, { severity: head.severity.value, serverFault: to }, context),
      ],
    },
    bodies: [{ kind: 'change', field: 'server-fault', from, to, reason: null }],
  });
}

/** Bug, feature, question, or back (P6). W3 says what needs a reason; High and Critical are converted (C12). */
export function setCategory(
  head: TicketHead,
  action: Extract<Action, { kind: 'set-category' }>,
  context: ApplyContext,
): Result<HeadChange, Refusal> {
  const from = head.category.value;
  const to = action.category;
  if (from === to) return ok({ head, bodies: [] });
  const reasonGiven = (action.reason ?? '').trim() !== '';
  if (to === 'bug' && !head.attempts.reproduced && !reasonGiven)
    return refused(
      'needs-attempt',
      'Certifying a bug needs an attempt that reproduced it, or a reason for the exception.',
    );
  if (to === 'feature' && isAbove(head.severity.value, 'medium'))
    return refused(
      'needs-message',
      'A High or Critical ticket becomes a feature request together with a message to the customer.',
    );
  const certified = to === 'bug';
  const next: TicketHead = {
    ...endMisses(head, endedBy(to), context.acceptedAt),
    category: stamp(to, context),
    certifiedAt: certified ? context.acceptedAt : null,
    certifiedVersion: certified ? context.version : 0,
    updatePauses: certified ? restartPauses(head, context.acceptedAt) : head.updatePauses,
    // The conversion, if there was one, stands as it is: only the category is another one now.
    conversion: null,
  };
  return ok({
    head: resumeMisses(next),
    bodies: [{ kind: 'change', field: 'category', from, to, reason: action.reason }],
  });
}

export function setAssignee(
  head: TicketHead,
  assignee: string | null,
  context: ApplyContext,
): HeadChange {
  const from = head.assignee.value;
  if (from === assignee) return { head, bodies: [] };
  return {
    head: { ...head, assignee: stamp(assignee, context) },
    bodies: [{ kind: 'change', field: 'assignee', from, to: assignee, reason: null }],
  };
}

/** Waiting pauses C4; resolving suspends what runs; closing ends C3 and excuses the rest (C13). */
export function setStatus(
  head: TicketHead,
  to: Status,
  closeReason: CloseReason | null,
  text: string | null,
  context: ApplyContext,
): HeadChange {
  const from = head.status.value;
  if (from === to) return { head, bodies: [] };
  const at = context.acceptedAt;
  const moved: TicketHead = {
    ...head,
    status: stamp(to, context),
    updatePauses: to === 'open' ? resumeUpdates(head, at) : pauseUpdates(head, at),
  };
  const next =
    to === 'closed' ? close(moved, context) : from === 'closed' ? takeClosingBack(moved) : moved;
  return {
    head: next,
    bodies: [{ kind: 'change', field: 'status', from, to, closeReason, reason: text }],
  };
}

function close(head: TicketHead, { acceptedAt, version }: ApplyContext): TicketHead {
  return {
    ...endMisses(head, ['C1', 'C2', 'C3', 'C4', 'C5'], acceptedAt),
    unanswered: null,
    dismissed: null,
    closing: { at: acceptedAt, version, unanswered: head.unanswered },
  };
}

/** An agent who reopens takes the closing back: what was open goes on with its old due, so nothing is gained (C13). */
function takeClosingBack(head: TicketHead): TicketHead {
  return resumeMisses({
    ...head,
    unanswered: head.closing?.unanswered ?? null,
    closing: null,
  });
}

/** Refusal for what only an open ticket allows. */
export function notOpen(head: TicketHead) {
  return isOpen(head.status.value)
    ? refused('bad-command', 'The ticket is open.')
    : refused('closed', `The ticket is ${head.status.value}; reopen it first.`);
}
