import type { Urgency } from '../../shared/policy/urgency.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { isOpen } from '../../shared/tickets/fields.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';

/** The built-in views of the queue, in the order they are listed. */
export const queueViews = [
  'my-queue',
  'overdue',
  'at-risk',
  'triage',
  'unassigned',
  'escalated',
  'bugs-to-reproduce',
  'waiting',
  'features',
  'resolved-today',
  'all-open',
] as const;
export type QueueView = (typeof queueViews)[number];

export type ViewContext = {
  agent: Pick<Agent, 'id' | 'teamIds'> | null;
  /** Start of this machine's local day, ms. */
  dayStartAt: number;
};

export type Viewed = { accepted: TicketHead; shown: TicketHead; urgency: Urgency };

/** A view as one bit, so that a ticket's views are one number. */
export function viewBit(view: QueueView): number {
  return 1 << queueViews.indexOf(view);
}

/** Every view that a ticket is in. */
export function viewsOf(ticket: Viewed, context: ViewContext): number {
  let bits = 0;
  for (const view of queueViews) if (isIn(view, ticket, context)) bits |= viewBit(view);
  return bits;
}

function isIn(view: QueueView, ticket: Viewed, context: ViewContext): boolean {
  const { shown, urgency } = ticket;
  if (view === 'resolved-today')
    return !isOpen(shown.status.value) && shown.status.at >= context.dayStartAt;
  if (!isAtWork(ticket)) return false;
  switch (view) {
    case 'my-queue':
      return isMine(ticket, context.agent);
    case 'overdue':
      return urgency.band === 'overdue';
    case 'at-risk':
      return urgency.band === 'at-risk';
    case 'triage':
      return !shown.triaged.value && shown.category.value !== 'feature';
    case 'unassigned':
      return shown.assignee.value === null;
    case 'escalated':
      return shown.escalations.some((each) => !each.acknowledged.value);
    case 'bugs-to-reproduce':
      return isToReproduce(shown);
    case 'waiting':
      return shown.status.value === 'waiting';
    case 'features':
      return shown.category.value === 'feature';
    case 'all-open':
      return true;
  }
}

/** A ticket whose resolving still waits to be sent is at work while a clock of it counts (C6, C16). */
function isAtWork({ accepted, shown, urgency }: Viewed): boolean {
  return isOpen(shown.status.value) || (isOpen(accepted.status.value) && urgency.clock !== null);
}

function isMine({ shown, urgency }: Viewed, agent: ViewContext['agent']): boolean {
  if (shown.severity.value === 'critical' || urgency.severity === 'critical') return true;
  if (agent === null) return false;
  if (shown.assignee.value !== null) return shown.assignee.value === agent.id;
  return agent.teamIds.includes(shown.teamId);
}

function isToReproduce({ category, attempts }: TicketHead): boolean {
  if (attempts.reproduced) return false;
  return category.value === 'bug' || (category.value === 'uncategorised' && attempts.count > 0);
}
