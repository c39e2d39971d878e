import type { WatchedTicket } from '../watch/watched-ticket.ts';

/** Tickets whose C1 or C2 is overdue, and at risk (U5). */
export type PromiseCounts = { overdue: number; atRisk: number };

export function countPromises(tickets: Iterable<WatchedTicket>): PromiseCounts {
  const counts: PromiseCounts = { overdue: 0, atRisk: 0 };
  for (const { urgency } of tickets) {
    if (urgency?.promise === 'overdue') counts.overdue += 1;
    else if (urgency?.promise === 'at-risk') counts.atRisk += 1;
  }
  return counts;
}

/** "3 overdue, 5 at risk": what title and tray say; empty where nothing is. */
export function countsInWords({ overdue, atRisk }: PromiseCounts): string {
  return [overdue > 0 ? `${overdue} overdue` : '', atRisk > 0 ? `${atRisk} at risk` : '']
    .filter((part) => part !== '')
    .join(', ');
}
