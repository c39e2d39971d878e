import { isAbove, severities } from '../../shared/policy/severity.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import { isOpen } from '../../shared/tickets/fields.ts';
import type { Category, DataRequestState, Status } from '../../shared/tickets/fields.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { isUnanswered } from '../../shared/tickets/thread.ts';
import type { Console } from './console.ts';
import type { Decision } from './console-state.ts';
import { submitAndSay } from './submit.ts';

/**
 * Confirms the severity that it has at once (C5); another one is looked at first, and so is one below what the
 * customer asked for, which needs a reason (W7).
 */
export function setSeverity(console: Console, ticketId: string, severity: Severity): void {
  const head = console.queue.get(ticketId)?.shown;
  if (head === undefined) return;
  const isCurrent = head.severity.value === severity;
  if (isCurrent && head.triaged.value) return;
  if (isCurrent && !isBelowAsked(head, severity))
    void submitAndSay(console, ticketId, [{ kind: 'set-severity', severity, reason: null }]);
  else decide(console, ticketId, { kind: 'severity', severity });
}

/**
 * W3: a bug without a reproduced attempt needs a reason. C12, P10: a feature request made of more than Low, or of what
 * the customer asked more for and nobody has triaged, a message. One that owes an answer is looked at first.
 */
export function setCategory(console: Console, ticketId: string, category: Category): void {
  const head = console.queue.get(ticketId)?.shown;
  if (head === undefined || head.category.value === category) return;
  if (category === 'bug' && !head.attempts.reproduced)
    decide(console, ticketId, { kind: 'certify' });
  else if (category === 'feature' && isMoreThanLow(head))
    decide(console, ticketId, { kind: 'convert' });
  else if (category === 'feature' && isUnanswered(head))
    decide(console, ticketId, { kind: 'feature' });
  else void submitAndSay(console, ticketId, [{ kind: 'set-category', category, reason: null }]);
}

function isMoreThanLow(head: TicketHead): boolean {
  if (isAbove(head.severity.value, 'low')) return true;
  return !head.triaged.value && isBelowAsked(head, 'low');
}

export function setStatus(console: Console, ticketId: string, status: Status): void {
  const head = console.queue.get(ticketId)?.shown;
  if (head === undefined || head.status.value === status) return;
  const action = statusAction(status);
  if (action === null) decide(console, ticketId, { kind: 'close' });
  else void submitAndSay(console, ticketId, [action]);
}

/** Is the change one that makes sense on the ticket as it is shown? */
export function canSetStatus(head: TicketHead, status: Status): boolean {
  const now = head.status.value;
  if (now === status) return false;
  if (status === 'open') return true;
  if (status === 'waiting') return isOpen(now);
  return status === 'closed' || now !== 'closed';
}

/** Takes the feature request back that a conversion made of it, after a look at what returns (C12). */
export function takeBack(console: Console, ticketId: string): void {
  if (canTakeBack(console.queue.get(ticketId)?.shown))
    decide(console, ticketId, { kind: 'take-back' });
}

export function canTakeBack(head: TicketHead | undefined): boolean {
  return head?.category.value === 'feature' && head.conversion !== null;
}

/** Sets the customer's message aside, or takes that back (C3). */
export function toggleReplyNeeded(console: Console, ticketId: string): void {
  const head = console.queue.get(ticketId)?.shown;
  if (head === undefined) return;
  if (head.unanswered !== null) decide(console, ticketId, { kind: 'no-reply' });
  else if (head.dismissed !== null)
    void submitAndSay(console, ticketId, [{ kind: 'reply-needed' }]);
}

export function canToggleReplyNeeded(head: TicketHead | undefined): boolean {
  return head !== undefined && (head.unanswered !== null || head.dismissed !== null);
}

/** Ticks a request for data off, or says that it is not needed (W2). */
export function setDataRequest(
  console: Console,
  ticketId: string,
  requestId: string,
  state: DataRequestState,
): void {
  void submitAndSay(console, ticketId, [{ kind: 'set-data-request', requestId, state }]);
}

export function setServerFault(console: Console, ticketId: string, serverFault: boolean): void {
  void submitAndSay(console, ticketId, [{ kind: 'set-server-fault', serverFault }]);
}

export function assign(console: Console, ticketId: string, assignee: string | null): void {
  const head = console.queue.get(ticketId)?.shown;
  if (head === undefined || head.assignee.value === assignee) return;
  void submitAndSay(console, ticketId, [{ kind: 'assign', assignee }]);
}

function statusAction(status: Status): Action | null {
  switch (status) {
    case 'open':
      return { kind: 'reopen' };
    case 'waiting':
      return { kind: 'set-waiting' };
    case 'resolved':
      return { kind: 'resolve' };
    case 'closed':
      // Closing needs a reason (C13).
      return null;
  }
}

/** The highest severity that the customer asked for; null where none was. */
export function highestAsked(head: Pick<TicketHead, 'asked'>): Severity | null {
  return (
    severities.find((severity) => head.asked.some((each) => each.severity === severity)) ?? null
  );
}

export function isBelowAsked(head: Pick<TicketHead, 'asked'>, severity: Severity): boolean {
  const asked = highestAsked(head);
  return asked !== null && isAbove(asked, severity);
}

function decide(console: Console, ticketId: string, decision: Decision): void {
  console.state.setState({ panel: { kind: 'decision', ticketId, decision } });
}
