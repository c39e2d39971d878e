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
import { stamp } from './stamp.ts';
import { endMisses, pauseUpdates, restartPauses, resumeUpdates } from './thread.ts';

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
  const triaged = endMisses({ ...head, triaged: stamp(true, context) }, ['C5'], context.acceptedAt);
  const from = head.severity.value;
  const change = {
    kind: 'change',
    field: 'severity',
    from,
    to: action.severity,
    reason: action.reason,
  } as const;
  if (from === action.severity)
    return ok({ head: triaged, bodies: head.triaged.value ? [] : [change] });
  return ok({
    head: {
      ...triaged,
      severity: stamp(action.severity, context),
      severitySteps: [...head.severitySteps, { severity: action.severity, at: context.acceptedAt }],
    },
    bodies: [change],
  });
}

/** Bug, feature, question, or back (P6). W3 and C12 say what needs a reason. */
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
  if (to === 'feature' && isAbove(head.severity.value, 'medium') && !reasonGiven)
    return refused(
      'needs-reason',
      'Making a High or Critical ticket a feature request needs a reason.',
    );
  const certified = to === 'bug';
  const next: TicketHead = {
    ...endMisses(head, endedBy(to), context.acceptedAt),
    category: stamp(to, context),
    certifiedAt: certified ? context.acceptedAt : null,
  };
  return ok({
    head: {
      ...next,
      updatePauses: certified ? restartPauses(head, context.acceptedAt) : [],
    },
    bodies: [{ kind: 'change', field: 'category', from, to, reason: action.reason }],
  });
}

function endedBy(category: TicketHead['category']['value']) {
  switch (category) {
    case 'feature':
      return ['C1', 'C2', 'C3', 'C4', 'C5'] as const;
    case 'question':
      return ['C2', 'C4'] as const;
    case 'uncategorised':
      return ['C4'] as const;
    case 'bug':
      return [] as const;
  }
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
  const closed = to === 'closed';
  const settled = closed ? endMisses(head, ['C1', 'C2', 'C3', 'C4', 'C5'], at) : head;
  return {
    head: {
      ...settled,
      status: stamp(to, context),
      unanswered: closed ? null : head.unanswered,
      updatePauses: to === 'open' ? resumeUpdates(head, at) : pauseUpdates(head, at),
    },
    bodies: [{ kind: 'change', field: 'status', from, to, closeReason, reason: text }],
  };
}

/** Refusal for what only an open ticket allows. */
export function notOpen(head: TicketHead) {
  return isOpen(head.status.value)
    ? refused('bad-command', 'The ticket is open.')
    : refused('closed', `The ticket is ${head.status.value}; reopen it first.`);
}
