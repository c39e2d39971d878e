import { unreachable } from '../base/assert.ts';
import type { TicketHead } from '../tickets/head.ts';
import { isUnanswered } from '../tickets/thread.ts';
import { clockIds } from './clock-id.ts';
import type { ClockId } from './clock-id.ts';
import { atRiskMs } from './compiled-policy.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { blankClock, reckonRunning } from './reckon.ts';
import { severityRank } from './severity.ts';
import type { Severity } from './severity.ts';

/** U1, best (most urgent) first. */
export const bands = ['overdue', 'at-risk', 'on-track', 'no-clock'] as const;
export type Band = (typeof bands)[number];

/** U3's sections of the queue. */
export type UrgencyGroup = 'critical-now' | 'overdue' | 'coming-up' | 'no-clock';

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
  /** U3 but for its ties as one whole number: group, and within it what that group goes by. */
  key: number;
  /** The ties of U3. */
  submittedAt: number;
};

/** A clock that runs, as far as order and alerts go. */
export type RunningDue = { id: ClockId; severity: Severity; dueAt: number; dueSetAt: number };

/** Reckoned into by all and read at once: no call leaves anything in it for another. */
const clock = blankClock();

/** The clocks of a ticket that run towards a due, by number; no reasons are made for them. */
export function runningDues(head: TicketHead, policy: CompiledPolicy): RunningDue[] {
  const running: RunningDue[] = [];
  for (const id of clockIds) {
    if (!reckonRunning(clock, head, policy, id) || clock.dueAt === null) continue;
    const { severity, dueAt, dueSetAt } = clock;
    running.push({ id, severity, dueAt, dueSetAt });
  }
  return running;
}

/** Reckons a ticket's place (U1 to U3) from its head. `now` is desk time, ms since epoch. */
export function urgencyOf(head: TicketHead, policy: CompiledPolicy, now: number): Urgency {
  let bestId: ClockId | null = null;
  let bestBand: Band = 'no-clock';
  let bestDueAt = Number.POSITIVE_INFINITY;
  let severity = head.severity.value;
  let nextEdgeAt = Number.POSITIVE_INFINITY;
  let promise: Urgency['promise'] = null;
  for (const id of clockIds) {
    if (!reckonRunning(clock, head, policy, id) || clock.dueAt === null) continue;
    const { dueAt } = clock;
    const windowMs = atRiskMs(policy, clock.severity);
    const band = bandOf({ id, dueAt }, windowMs, now);
    nextEdgeAt = Math.min(nextEdgeAt, edgeAfter(dueAt, windowMs, now));
    if (id === 'C1' || id === 'C2') promise = worsePromise(promise, band);
    // U2: by band, C4 last, due, lower number. They come by number, so an equal one never binds before.
    const binds =
      band !== bestBand
        ? bandRank(band) < bandRank(bestBand)
        : (id === 'C4') === (bestId === 'C4')
          ? dueAt < bestDueAt
          : bestId === 'C4';
    if (!binds) continue;
    bestId = id;
    bestBand = band;
    bestDueAt = dueAt;
    severity = clock.severity;
  }
  const group = groupOf(bestId, severity, bestBand);
  return {
    ticketId: head.id,
    band: bestBand,
    group,
    clock: bestId,
    severity,
    dueAt: bestId === null ? null : bestDueAt,
    updateLate: bestId === 'C4' && bestDueAt < now,
    nextEdgeAt,
    promise,
    key: keyOf(head, group, bestBand, severity, bestDueAt),
    submittedAt: head.submittedAt,
  };
}

/** U3: a total order, the same on every machine. */
export function compareUrgency(a: Urgency, b: Urgency): number {
  return (
    a.key - b.key ||
    a.submittedAt - b.submittedAt ||
    (a.ticketId < b.ticketId ? -1 : a.ticketId > b.ticketId ? 1 : 0)
  );
}

/** U1: the band of one clock by itself; C4 is never better than at risk (U2). */
export function bandOf(
  { id, dueAt }: Pick<RunningDue, 'id' | 'dueAt'>,
  windowMs: number,
  now: number,
): Band {
  if (dueAt < now) return id === 'C4' ? 'at-risk' : 'overdue';
  return dueAt - now <= windowMs ? 'at-risk' : 'on-track';
}

/** U4: when a clock next crosses a band edge. Just after the due: at exactly the due it is still met (C6). */
export function edgeAfter(dueAt: number, windowMs: number, now: number): number {
  if (now < dueAt - windowMs) return dueAt - windowMs;
  return now <= dueAt ? dueAt + 1 : Number.POSITIVE_INFINITY;
}

function bandRank(band: Band): number {
  switch (band) {
    case 'overdue':
      return 0;
    case 'at-risk':
      return 1;
    case 'on-track':
      return 2;
    case 'no-clock':
      return 3;
    default:
      return unreachable(band);
  }
}

function groupOf(clock: ClockId | null, severity: Severity, band: Band): UrgencyGroup {
  if (clock === null) return 'no-clock';
  if (severity === 'critical' && clock !== 'C4' && band !== 'on-track') return 'critical-now';
  return band === 'overdue' ? 'overdue' : 'coming-up';
}

/** Instants before the year 2248 fit into so much, ms; a due beyond every table is last. */
const INSTANTS = 2 ** 43;
const LAST_INSTANT = INSTANTS - 1;
/** Instant and one of four ranks. */
const GROUPS = INSTANTS * 4;

/** All that U3 goes by before its ties, packed so that it compares as one number. */
function keyOf(
  head: TicketHead,
  group: UrgencyGroup,
  band: Band,
  severity: Severity,
  dueAt: number,
): number {
  const due = Math.min(dueAt, LAST_INSTANT);
  switch (group) {
    case 'critical-now':
      return bandRank(band) * INSTANTS + due;
    case 'overdue':
      return GROUPS + severityRank(severity) * INSTANTS + due;
    case 'coming-up':
      return 2 * GROUPS + due * 4 + severityRank(severity);
    case 'no-clock':
      return 3 * GROUPS + noClockRank(head) * INSTANTS + (LAST_INSTANT - head.lastActivityAt);
    default:
      return unreachable(group);
  }
}

/** U3: an unanswered customer message first, waiting on the customer last. */
function noClockRank(head: TicketHead): number {
  if (head.status.value === 'waiting') return 2;
  return isUnanswered(head) ? 0 : 1;
}

/** U5 counts C1 and C2: only they can be a breach of policy (C2). */
function worsePromise(promise: Urgency['promise'], band: Band): Urgency['promise'] {
  if (promise === 'overdue' || band === 'overdue') return 'overdue';
  return band === 'at-risk' ? 'at-risk' : promise;
}
