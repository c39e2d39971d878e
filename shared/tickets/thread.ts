import { isOpen } from './fields.ts';
import type { ClockId, TicketHead } from './head.ts';

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
    unanswered: null,
    replyVersions: { ...head.replyVersions, [agentId]: version },
    updatePauses: restartPauses(head, acceptedAt),
  };
}

/** A pause that goes on at the start of a new run of C4 goes on in it. */
export function restartPauses(head: TicketHead, acceptedAt: number): TicketHead['updatePauses'] {
  return head.status.value === 'open' ? [] : [{ fromAt: acceptedAt, toAt: null }];
}

/** C4 stands still while waiting, resolved or closed (C13). */
export function pauseUpdates(head: TicketHead, at: number): TicketHead['updatePauses'] {
  const last = head.updatePauses.at(-1);
  if (head.certifiedAt === null || last?.toAt === null) return head.updatePauses;
  return [...head.updatePauses, { fromAt: at, toAt: null }];
}

export function resumeUpdates(head: TicketHead, at: number): TicketHead['updatePauses'] {
  return head.updatePauses.map((pause) => (pause.toAt === null ? { ...pause, toAt: at } : pause));
}

/** Writes the end of the runs of these clocks into their recorded misses (C11). */
export function endMisses(head: TicketHead, clocks: readonly ClockId[], at: number): TicketHead {
  if (!head.misses.some((miss) => miss.endedAt === null && clocks.includes(miss.clock)))
    return head;
  return {
    ...head,
    misses: head.misses.map((miss) =>
      miss.endedAt === null && clocks.includes(miss.clock) ? { ...miss, endedAt: at } : miss,
    ),
  };
}

export function touched(head: TicketHead, at: number): TicketHead {
  return { ...head, lastActivityAt: Math.max(head.lastActivityAt, at) };
}

/** A ticket on which a customer waits for an answer. */
export function isUnanswered(head: TicketHead): boolean {
  return isOpen(head.status.value) && (head.firstReplyAt === null || head.unanswered !== null);
}
