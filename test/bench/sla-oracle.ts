import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import type { ClockId } from '../../shared/policy/clock-id.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import type { PolicyDocument } from '../../shared/policy/policy-document.ts';
import { severities } from '../../shared/policy/severity.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import type { Urgency } from '../../shared/policy/urgency.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';

/**
 * The dues of a ticket's running clocks once more, from the rules' text and by walking through time: every quarter of
 * an hour Intl is asked what day it is there. It shares no reckoning with what it judges, and knows only what the
 * corpus holds: no closings, no server faults, `fair` changes.
 */
export type Dues = Partial<Record<ClockId, number>>;

type Span = { fromAt: number; toAt: number | null };
const QUARTER_MS = 15 * MINUTE_MS;

export function oracle(policy: CompiledPolicy): (head: TicketHead) => Dues {
  const { document, rules } = policy;
  const countsAt = wallCalendar(document);
  const worse = (a: Severity, b: Severity) => severities.indexOf(a) < severities.indexOf(b);

  /** Walks until so much has been counted. */
  function walk(fromAt: number, wholeMs: number, always: boolean, pauses: readonly Span[] = []) {
    const edges = pauses.flatMap((pause) => [pause.fromAt, pause.toAt ?? Infinity]);
    const isPaused = (at: number) =>
      pauses.some((pause) => pause.fromAt <= at && at < (pause.toAt ?? Infinity));
    let leftMs = wholeMs;
    let at = fromAt;
    while (leftMs > 0) {
      const quarterEnd = (Math.floor(at / QUARTER_MS) + 1) * QUARTER_MS;
      const here = at;
      const until = Math.min(quarterEnd, ...edges.filter((edge) => edge > here));
      const counts = (always || countsAt(at)) && !isPaused(at);
      if (counts && leftMs <= until - at) return at + leftMs;
      if (counts) leftMs -= until - at;
      at = until;
    }
    return at;
  }

  const target = (severity: Severity, fromAt: number) =>
    walk(fromAt, document.targetHours[severity] * HOUR_MS, severity === 'critical');

  function moved(head: TicketHead, clock: ClockId, fromAt: number) {
    return head.policySteps.find(
      (step) => step.clock === clock && step.rules === rules && step.run.fromAt === fromAt,
    );
  }

  /** C10 as a history of what was promised when. */
  function changing(head: TicketHead, clock: ClockId, fromAt: number, fromStep: number): number {
    const before = head.severitySteps.slice(0, fromStep).filter((step) => !step.withdrawn);
    const first = before.at(-1)?.severity ?? 'low';
    const promised = [{ severity: first, dueAt: target(first, fromAt) }];
    const step14 = moved(head, clock, fromAt);
    const adopt = (severity: Severity) =>
      step14 === undefined ? [] : [{ severity, dueAt: step14.dueAt }];
    for (const [index, step] of head.severitySteps.entries()) {
      if (index < fromStep) continue;
      if (step14?.afterSteps === index) promised.push(...adopt(now(promised).severity));
      const { severity, dueAt } = now(promised);
      if (step.withdrawn || step.severity === severity) continue;
      if (worse(severity, step.severity)) {
        const later = Math.max(dueAt, target(step.severity, fromAt));
        promised.push({ severity: step.severity, dueAt: later });
        continue;
      }
      const asked = head.asked
        .slice(0, step.afterAsked)
        .filter((ask) => !worse(ask.severity, step.severity))
        .map((ask) => target(ask.severity, Math.max(fromAt, ask.at)));
      const had = promised
        .filter((each) => !worse(each.severity, step.severity))
        .map((each) => each.dueAt);
      const nearest = Math.min(dueAt, target(step.severity, step.at), ...asked, ...had);
      const raised = dueAt < step.at ? dueAt : Math.max(step.at, nearest);
      promised.push({ severity: step.severity, dueAt: raised });
    }
    if (step14 !== undefined && step14.afterSteps >= head.severitySteps.length)
      promised.push(...adopt(now(promised).severity));
    return now(promised).dueAt;
  }

  function asks(head: TicketHead): number | undefined {
    const open = [...head.asked.entries()]
      .slice(head.triageFromAsk)
      .filter(([, ask]) => ask.severity !== 'low')
      .map(([index, { severity, at }]) => ({
        index,
        severity,
        dueAt: target(severity, Math.max(at, head.submittedAt)),
      }))
      .toSorted((a, b) => a.dueAt - b.dueAt || Number(worse(b.severity, a.severity)));
    const [binding] = open;
    const step14 = moved(head, 'C5', head.asked[head.triageFromAsk]?.at ?? 0);
    if (binding === undefined) return undefined;
    return step14 !== undefined && binding.index < step14.afterAsked ? step14.dueAt : binding.dueAt;
  }

  return (head) => {
    const { category, status, submittedAt, firstReplyAt, unanswered, certifiedAt } = head;
    if (category.value === 'feature' || status.value === 'resolved') return {};
    const dues: Dues = {};
    if (firstReplyAt === null) {
      dues.C1 = changing(head, 'C1', head.responseFromAt, head.responseFromStep);
      const contactMs = (document.firstContactHours ?? 0) * HOUR_MS;
      if (category.value !== 'question')
        dues.C2 = moved(head, 'C2', submittedAt)?.dueAt ?? walk(submittedAt, contactMs, false);
    } else if (unanswered !== null)
      dues.C3 = changing(head, 'C3', unanswered.at, unanswered.fromStep);
    if (certifiedAt !== null && status.value !== 'waiting') {
      const fromAt = Math.max(certifiedAt, head.lastReplyAt ?? 0);
      const updateMs = document.progressUpdateDays * DAY_MS;
      const dueAt = walk(fromAt, updateMs, false, head.updatePauses);
      dues.C4 = moved(head, 'C4', fromAt)?.dueAt ?? dueAt;
    }
    const triageAt = head.triaged.value ? undefined : asks(head);
    if (triageAt !== undefined) dues.C5 = triageAt;
    return dues;
  };
}

/** Does time count at an instant in business days? What Intl says of each quarter is kept. */
function wallCalendar({ timeZone, holidays }: PolicyDocument): (at: number) => boolean {
  const day = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short' });
  const date = new Intl.DateTimeFormat('en-CA', { timeZone });
  const known = new Map<number, boolean>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS);
    const before = known.get(quarter);
    if (before !== undefined) return before;
    const counts = day.format(at) !== 'Sun' && !holidays.includes(date.format(at));
    known.set(quarter, counts);
    return counts;
  };
}

function now<T>(history: readonly T[]): T {
  const last = history.at(-1);
  if (last === undefined) throw new Error('a history begins with something');
  return last;
}

/** U3 as it is written, field by field, for a plain sort. */
export function compareByRule(heads: ReadonlyMap<string, TicketHead>) {
  return (a: Urgency, b: Urgency): number => {
    const [left, right] = [placeOf(a, heads.get(a.ticketId)), placeOf(b, heads.get(b.ticketId))];
    for (const [index, value] of left.entries()) {
      const difference = value - (right[index] ?? 0);
      if (difference !== 0) return difference;
    }
    return a.ticketId < b.ticketId ? -1 : 1;
  };
}

function placeOf(urgency: Urgency, head: TicketHead | undefined): number[] {
  const { band, clock, severity, dueAt, submittedAt } = urgency;
  const rank = severities.indexOf(severity);
  const due = dueAt ?? 0;
  if (clock === null || head === undefined) {
    const { status, firstReplyAt, unanswered, lastActivityAt } = head ?? {};
    const isOpen = status?.value === 'open';
    const waits = isOpen && (firstReplyAt === null || unanswered !== null) ? 0 : 1;
    return [3, status?.value === 'waiting' ? 2 : waits, -(lastActivityAt ?? 0), submittedAt];
  }
  if (severity === 'critical' && clock !== 'C4' && band !== 'on-track')
    return [0, band === 'overdue' ? 0 : 1, due, submittedAt];
  return band === 'overdue' ? [1, rank, due, submittedAt] : [2, due, rank, submittedAt];
}
