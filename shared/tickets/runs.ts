import { unreachable } from '../base/assert.ts';
import type { ClockId } from '../policy/clock-id.ts';
import type { Run, TicketHead } from './head.ts';

/** The runs of a ticket's clocks, from its facts alone: what began each, and what ended it. */

/** The run that a clock is in, or was in last; null where there is none. */
export function runOf(head: TicketHead, clock: ClockId): Run | null {
  const fromAt = runStart(head, clock);
  return fromAt === null ? null : { fromAt, version: runVersion(head, clock) };
}

/** When that run began; null where there is none. It and its version are a run: apart they make no object. */
export function runStart(head: TicketHead, clock: ClockId): number | null {
  switch (clock) {
    case 'C1':
      return head.responseFromAt;
    case 'C2':
      return head.submittedAt;
    case 'C3':
      return head.firstReplyAt === null || head.unanswered === null ? null : head.unanswered.at;
    case 'C4':
      if (head.certifiedAt === null || head.category.value !== 'bug') return null;
      return isFromReply(head) ? head.lastReplyAt : head.certifiedAt;
    case 'C5':
      // The first ask of the run stands for it, whichever of them binds.
      return head.asked[head.triageFromAsk]?.at ?? null;
    default:
      return unreachable(clock);
  }
}

/** The desk version that began it; 0 where there is no run. */
export function runVersion(head: TicketHead, clock: ClockId): number {
  switch (clock) {
    case 'C1':
      return head.responseFromVersion;
    case 'C2':
      return head.submittedVersion;
    case 'C3':
      return head.unanswered?.version ?? 0;
    case 'C4':
      return isFromReply(head) ? head.lastReplyVersion : head.certifiedVersion;
    case 'C5':
      return head.asked[head.triageFromAsk]?.version ?? 0;
    default:
      return unreachable(clock);
  }
}

/** C4 runs from the later of certification and last public reply; at one instant the desk's order tells (C6). */
function isFromReply(head: TicketHead): boolean {
  const { certifiedAt, certifiedVersion, lastReplyAt, lastReplyVersion } = head;
  if (lastReplyAt === null || certifiedAt === null) return false;
  return (lastReplyAt - certifiedAt || lastReplyVersion - certifiedVersion) >= 0;
}

/** When what the clock waits for came; null while it has not. */
export function endOf(head: TicketHead, clock: ClockId): number | null {
  switch (clock) {
    case 'C1':
    case 'C2':
      return head.firstReplyAt;
    case 'C5':
      return head.triageEndAsk === null ? null : head.triaged.at;
    case 'C3':
    case 'C4':
      // Their end is the end of their run.
      return null;
    default:
      return unreachable(clock);
  }
}

/** Was the ticket closed without any answer, and C1 began anew with what the customer wrote then (C13)? */
export function hasBegunAnew(head: TicketHead): boolean {
  return (
    head.responseFromVersion !== head.submittedVersion || head.responseFromAt !== head.submittedAt
  );
}

/** Did closing excuse this run, now or for good (C13)? */
export function isExcused(head: TicketHead, run: Run): boolean {
  if (head.status.value === 'closed') return true;
  const { excusedUpTo } = head;
  if (excusedUpTo === null) return false;
  // A past that was taken over has one version: there the instants decide.
  return run.version === excusedUpTo.version
    ? run.fromAt <= excusedUpTo.fromAt
    : run.version < excusedUpTo.version;
}

export function isSameRun(a: Run, b: Run): boolean {
  return a.fromAt === b.fromAt && a.version === b.version;
}

/** The clocks that a category ends or stops (C2, C4, C12). */
export function endedBy(category: TicketHead['category']['value']): readonly ClockId[] {
  switch (category) {
    case 'feature':
      return ['C1', 'C2', 'C3', 'C4', 'C5'];
    case 'question':
      return ['C2', 'C4'];
    case 'uncategorised':
      return ['C4'];
    case 'bug':
      return [];
  }
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

/**
 * Takes the end out of the misses of runs that go on again: a conversion undone, a closing taken back. A miss
 * never disappears (C11).
 */
export function resumeMisses(head: TicketHead): TicketHead {
  const stopped = endedBy(head.category.value);
  const goesOn = (clock: ClockId, run: Run): boolean => {
    const current = runOf(head, clock);
    return (
      current !== null &&
      !stopped.includes(clock) &&
      isSameRun(current, run) &&
      endOf(head, clock) === null &&
      !isExcused(head, run)
    );
  };
  if (!head.misses.some((miss) => miss.endedAt !== null && goesOn(miss.clock, miss.run)))
    return head;
  return {
    ...head,
    misses: head.misses.map((miss) =>
      miss.endedAt !== null && goesOn(miss.clock, miss.run)
        ? { ...miss, endedAt: null, late: null }
        : miss,
    ),
  };
}
