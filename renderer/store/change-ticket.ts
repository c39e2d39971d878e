import { severities, severityRank } from '../../shared/policy/severity.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import { isOpen } from '../../shared/tickets/fields.ts';
import type { Category, Status } from '../../shared/tickets/fields.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import type { Console } from './console.ts';
import type { ReasonAsked } from './console-state.ts';
import { submitAndSay } from './submit.ts';

/** Sets a severity, or confirms the one it has (C5); below what the customer asked for needs a reason (W7). */
export function setSeverity(console: Console, ticketId: string, severity: Severity): void {
  const head = console.queue.get(ticketId)?.shown;
  if (head === undefined) return;
  if (head.triaged.value && head.severity.value === severity) return;
  const action = { kind: 'set-severity', severity, reason: null } as const;
  if (isBelowAsked(head, severity)) ask(console, ticketId, { why: 'below-asked', action });
  else void submitAndSay(console, ticketId, [action]);
}

/** W3: a bug without a reproduced attempt; C12: a feature made of High or Critical. Both need a reason. */
export function setCategory(console: Console, ticketId: string, category: Category): void {
  const head = console.queue.get(ticketId)?.shown;
  if (head === undefined || head.category.value === category) return;
  const action = { kind: 'set-category', category, reason: null } as const;
  if (category === 'bug' && !head.attempts.reproduced)
    ask(console, ticketId, { why: 'bug-without-attempt', action });
  else if (category === 'feature' && severityRank(head.severity.value) < severityRank('medium'))
    ask(console, ticketId, { why: 'feature-from-high', action });
  else void submitAndSay(console, ticketId, [action]);
}

export function setStatus(console: Console, ticketId: string, status: Status): void {
  const head = console.queue.get(ticketId)?.shown;
  if (head === undefined || head.status.value === status) return;
  const action = statusAction(status);
  if (action !== null) void submitAndSay(console, ticketId, [action]);
}

/** Is the change one that makes sense on the ticket as it is shown? */
export function canSetStatus(head: TicketHead, status: Status): boolean {
  const now = head.status.value;
  if (now === status) return false;
  if (status === 'open') return true;
  if (status === 'waiting') return isOpen(now);
  return status === 'resolved' && now !== 'closed';
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
      // Closing needs its own reason; it is not offered yet (C13).
      return null;
  }
}

/** The highest severity that the customer asked for; null where none was. */
export function highestAsked(head: Pick<TicketHead, 'asked'>): Severity | null {
  return (
    severities.find((severity) => head.asked.some((each) => each.severity === severity)) ?? null
  );
}

function isBelowAsked(head: TicketHead, severity: Severity): boolean {
  const asked = highestAsked(head);
  return asked !== null && severityRank(severity) > severityRank(asked);
}

function ask(console: Console, ticketId: string, asked: ReasonAsked): void {
  console.state.setState({ panel: { kind: 'reason', ticketId, ...asked } });
}
