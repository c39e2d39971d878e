import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import { runningDues, urgencyOf } from '../../shared/policy/urgency.ts';
import type { Urgency } from '../../shared/policy/urgency.ts';
import type { ClockId } from '../../shared/policy/clock-id.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';

/** A running clock as alerts need it. Instants in desk time, ms since epoch. */
export type WatchedClock = {
  id: ClockId;
  severity: Severity;
  dueAt: number;
  /** Since when this is the due: an edge before it is skipped (A1). */
  setAt: number;
};

/** What main keeps in memory of an open ticket; its whole row stays on disk. */
export type WatchedTicket = {
  id: string;
  version: number;
  reference: string;
  subject: string;
  organisation: string;
  assignee: string | null;
  teamId: string;
  clocks: WatchedClock[];
  /** Its place in the queue; to be reckoned anew at its nextEdgeAt (U4). Null without a policy. */
  urgency: Urgency | null;
};

const SUBJECT_MAX = 300;

/**
 * Reckons what is kept of a ticket: done when its row changes or time crosses an edge, not at each tick. `before` is
 * what was kept of it: a due that another policy moved is set since that came into force (A1).
 */
export function watchTicket(
  head: TicketHead,
  policy: CompiledPolicy | null,
  now: number,
  before?: WatchedTicket,
): WatchedTicket {
  return {
    id: head.id,
    version: head.version,
    reference: head.reference,
    subject: head.subject.slice(0, SUBJECT_MAX),
    organisation: head.customer.organisation.slice(0, SUBJECT_MAX),
    assignee: head.assignee.value,
    teamId: head.teamId,
    clocks: policy === null ? [] : runningClocks(head, policy, before?.clocks ?? []),
    urgency: policy === null ? null : urgencyOf(head, policy, now),
  };
}

function runningClocks(
  head: TicketHead,
  policy: CompiledPolicy,
  before: readonly WatchedClock[],
): WatchedClock[] {
  return runningDues(head, policy)
    .filter(({ dueAt }) => Number.isFinite(dueAt))
    .map(({ id, severity, dueAt, dueSetAt }) => {
      const was = before.find((clock) => clock.id === id);
      const isSame = was?.dueAt === dueAt;
      // Nothing on the ticket moved it since then, so the rules did.
      const byRules = was !== undefined && !isSame && dueSetAt <= was.setAt;
      return {
        id,
        severity,
        dueAt,
        setAt: isSame ? was.setAt : byRules ? Math.max(dueSetAt, policy.rulesAt) : dueSetAt,
      };
    });
}
