import { isUnanswered } from '../tickets/thread.ts';
import type { ClockId, TicketHead } from '../tickets/head.ts';
import type { TicketClock } from './clock.ts';
import { clocks } from './clocks.ts';
import { atRiskMs } from './compiled-policy.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { severityRank } from './severity.ts';
import type { Severity } from './severity.ts';

/** U1, best (most urgent) first. */
export const bands = ['overdue', 'at-risk', 'on-track', 'no-clock'] as const;
export type Band = (typeof bands)[number];
const bandRank: Readonly<Record<Band, number>> = {
  overdue: 0,
  'at-risk': 1,
  'on-track': 2,
  'no-clock': 3,
};

/** U3's sections of the queue. */
export type UrgencyGroup = 'critical-now' | 'overdue' | 'coming-up' | 'no-clock';
const groupRank: Readonly<Record<UrgencyGroup, number>> = {
  'critical-now': 0,
  overdue: 1,
  'coming-up': 2,
  'no-clock': 3,
};

/** Where a ticket stands in the queue at an instant. */
export type Urgency = {
  ticketId: string;
  band: Band;
  group: UrgencyGroup;
  /** The clock that binds (U2); null in band no-clock. */
  clock: ClockId | null;
  severity: Severity;
  dueAt: number | null;
  /** C4 past its due: its band is at risk, and it says "update late" (U2). */
  updateLate: boolean;
  /** The next instant at which time alone changes this; Infinity where none does (U4). */
  nextEdgeAt: number;
  /** C1 or C2 overdue, and at risk: what title and tray count (U5). */
  promise: 'overdue' | 'at-risk' | null;
  /** Sort keys within the group, then the ties of U3. */
  first: number;
  second: number;
  submittedAt: number;
};

/** Reckons a ticket's place (U1 to U3) from its head. `now` is desk time, ms since epoch. */
export function urgencyOf(head: TicketHead, policy: CompiledPolicy, now: number): Urgency {
  const running = clocks(head, policy).filter(
    (clock): clock is RunningClock => clock.state === 'running' && clock.dueAt !== null,
  );
  let best: RunningClock | null = null;
  let nextEdgeAt = Number.POSITIVE_INFINITY;
  for (const clock of running) {
    nextEdgeAt = Math.min(nextEdgeAt, edgeAfter(clock, policy, now));
    if (best === null || bindsBefore(clock, best, policy, now)) best = clock;
  }
  const base = {
    ticketId: head.id,
    submittedAt: head.submittedAt,
    nextEdgeAt,
    promise: promiseOf(running, policy, now),
  };
  if (best === null) {
    return {
      ...base,
      band: 'no-clock',
      group: 'no-clock',
      clock: null,
      severity: head.severity.value,
      dueAt: null,
      updateLate: false,
      first: noClockRank(head),
      second: -head.lastActivityAt,
    };
  }
  const band = bandOf(best, policy, now);
  const group = groupOf(best, band);
  const rank = severityRank(best.severity);
  const [first, second] = sortKeys(group, band, best.dueAt, rank);
  return {
    ...base,
    band,
    group,
    clock: best.id,
    severity: best.severity,
    dueAt: best.dueAt,
    updateLate: best.id === 'C4' && best.dueAt < now,
    first,
    second,
  };
}

/** U3: a total order, the same on every machine. */
export function compareUrgency(a: Urgency, b: Urgency): number {
  return (
    groupRank[a.group] - groupRank[b.group] ||
    a.first - b.first ||
    a.second - b.second ||
    a.submittedAt - b.submittedAt ||
    (a.ticketId < b.ticketId ? -1 : a.ticketId > b.ticketId ? 1 : 0)
  );
}

type RunningClock = TicketClock & { dueAt: number };

/** U1; C4 is never better than at risk (U2). */
function bandOf(clock: RunningClock, policy: CompiledPolicy, now: number): Band {
  if (clock.dueAt < now) return clock.id === 'C4' ? 'at-risk' : 'overdue';
  return clock.dueAt - now <= atRiskMs(policy, clock.severity) ? 'at-risk' : 'on-track';
}

/** U2: by band, C4 last, due, lower number. */
function bindsBefore(
  a: RunningClock,
  b: RunningClock,
  policy: CompiledPolicy,
  now: number,
): boolean {
  const difference =
    bandRank[bandOf(a, policy, now)] - bandRank[bandOf(b, policy, now)] ||
    Number(a.id === 'C4') - Number(b.id === 'C4') ||
    a.dueAt - b.dueAt ||
    (a.id < b.id ? -1 : 1);
  return difference < 0;
}

/** U4: when this clock next crosses a band edge. Just after the due: at exactly the due it is still met (C6). */
function edgeAfter(clock: RunningClock, policy: CompiledPolicy, now: number): number {
  const riskFromAt = clock.dueAt - atRiskMs(policy, clock.severity);
  if (now < riskFromAt) return riskFromAt;
  if (now <= clock.dueAt) return clock.dueAt + 1;
  return Number.POSITIVE_INFINITY;
}

function groupOf(clock: RunningClock, band: Band): UrgencyGroup {
  if (clock.severity === 'critical' && clock.id !== 'C4' && band !== 'on-track')
    return 'critical-now';
  return band === 'overdue' ? 'overdue' : 'coming-up';
}

function sortKeys(
  group: UrgencyGroup,
  band: Band,
  dueAt: number,
  rank: number,
): [first: number, second: number] {
  switch (group) {
    case 'critical-now':
      return [bandRank[band], dueAt];
    case 'overdue':
      return [rank, dueAt];
    case 'coming-up':
      return [dueAt, rank];
    case 'no-clock':
      return [0, 0];
  }
}

/** U3: an unanswered customer message first, waiting on the customer last. */
function noClockRank(head: TicketHead): number {
  if (head.status.value === 'waiting') return 2;
  return isUnanswered(head) ? 0 : 1;
}

/** U5 counts C1 and C2: only they can be a breach of policy (C2). */
function promiseOf(
  running: readonly RunningClock[],
  policy: CompiledPolicy,
  now: number,
): Urgency['promise'] {
  const found = running
    .filter((clock) => clock.id === 'C1' || clock.id === 'C2')
    .map((clock) => bandOf(clock, policy, now));
  if (found.includes('overdue')) return 'overdue';
  return found.includes('at-risk') ? 'at-risk' : null;
}
