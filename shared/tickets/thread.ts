import { isOpen } from './fields.ts';
import type { TicketHead } from './head.ts';
import { endMisses } from './runs.ts';

/** The thread's facts: who spoke last, what is unanswered (C1, C3, C4, C6). */

/** A public reply: ends C1, C2 and C3, starts C4's next run. */
export function noteReply(
  head: TicketHead,
  agentId: string,
  version: number,
  acceptedAt: number,
): TicketHead {
  return {
    ...endMisses(head, ['C1', 'C2', 'C3', 'C4'], acceptedAt),
    firstReplyAt: head.firstReplyAt ?? acceptedAt,
    responseEndStep: head.responseEndStep ?? head.severitySteps.length,
    lastReplyAt: acceptedAt,
    lastReplyVersion: version,
    unanswered: null,
    dismissed: null,
    // Answered while closed, it is not open again with the ticket (C3, C13).
    closing: head.closing === null ? null : { ...head.closing, unanswered: null },
    replyVersions: { ...head.replyVersions, [agentId]: version },
    updatePauses: restartPauses(head, acceptedAt),
  };
}

/** A pause that goes on at the start of a new run of C4 goes on in it. */
export function restartPauses(head: TicketHead, acceptedAt: number): TicketHead['updatePauses'] {
  return head.status.value === 'open' ? [] : [{ fromAt: acceptedAt, toAt: null }];
}

/** C4 stands still while waiting, resolved or closed, also where a bug is certified only later (C13). */
export function pauseUpdates(head: TicketHead, at: number): TicketHead['updatePauses'] {
  const last = head.updatePauses.at(-1);
  if (last?.toAt === null) return head.updatePauses;
  return [...head.updatePauses, { fromAt: at, toAt: null }];
}

export function resumeUpdates(head: TicketHead, at: number): TicketHead['updatePauses'] {
  return head.updatePauses.map((pause) => (pause.toAt === null ? { ...pause, toAt: at } : pause));
}

export function touched(head: TicketHead, at: number): TicketHead {
  return { ...head, lastActivityAt: Math.max(head.lastActivityAt, at) };
}

/** A ticket on which a customer waits for an answer. */
export function isUnanswered(head: TicketHead): boolean {
  return isOpen(head.status.value) && (head.firstReplyAt === null || head.unanswered !== null);
}
