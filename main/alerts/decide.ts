import { MINUTE_MS } from '../../shared/base/time.ts';
import type { PolicyDocument } from '../../shared/policy/policy-document.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import { severityRank } from '../../shared/policy/severity.ts';
import type { ClockId } from '../../shared/policy/clock-id.ts';
import type { WatchedClock, WatchedTicket } from '../watch/watched-ticket.ts';

/** One alert that is due to be given. Instants in desk time, ms since epoch. */
export type Alert = {
  /** At most one notification for each key, over restarts too (A2). */
  key: string;
  ticketId: string;
  reference: string;
  subject: string;
  organisation: string;
  clock: ClockId;
  severity: Severity;
  dueAt: number;
  /** When it should have been given. */
  edgeAt: number;
  repeats: boolean;
};

export type AlertInput = {
  /** Desk time, ms since epoch. */
  now: number;
  tickets: Iterable<WatchedTicket>;
  agent: { id: string; teamIds: readonly string[] };
  alertMinutesBefore: PolicyDocument['alertMinutesBefore'];
  ledger: AlertMemory;
  /** Is there a pending answer that quiets repeats of this ticket's clock (C16)? */
  isQuieted: (ticketId: string, clock: ClockId) => boolean;
};

/** What was given before, as the ledger knows it. */
export type AlertMemory = {
  has: (key: string) => boolean;
  isAcknowledged: (ticketId: string, clock: ClockId, dueAt: number) => boolean;
  /** Edges before this instant are no longer given: the ledger did not exist, or has forgotten them. */
  sinceAt: number;
};

export type AlertDecision = {
  /** A notification for each. */
  singles: Alert[];
  /** One notification for all, most urgent first. */
  digest: Alert[];
  /** Only for the ledger: a later edge of the same due stands for them. */
  passed: Alert[];
};

/** Later than this an alert was missed: sleep, a changed clock, or the console was not running (A3). */
export const MISSED_AFTER_MS = 60_000;
export const REPEAT_EVERY_MS = 5 * MINUTE_MS;
/** More at once become a digest (A5). */
export const MOST_SINGLES = 5;

/** Decides which alerts to give now (A1, A2, A3, A5). Pure: showing and remembering are others' work. */
export function decideAlerts(input: AlertInput): AlertDecision {
  const singles: Alert[] = [];
  const missed: Alert[] = [];
  const passed: Alert[] = [];
  for (const ticket of input.tickets) {
    if (!concerns(ticket, input.agent)) continue;
    for (const clock of distinctDues(ticket.clocks)) {
      const edges = edgesOf(ticket, clock, input);
      const latest = edges.pop();
      passed.push(...edges);
      if (latest === undefined) continue;
      if (input.now - latest.edgeAt > MISSED_AFTER_MS) missed.push(latest);
      else singles.push(latest);
    }
  }
  if (singles.length > MOST_SINGLES)
    return { singles: [], digest: [...singles, ...missed].toSorted(byUrgency), passed };
  return { singles: singles.toSorted(byUrgency), digest: missed.toSorted(byUrgency), passed };
}

/** A1: assigned to me, unassigned in my teams, any clock of severity Critical. */
export function concerns(ticket: WatchedTicket, agent: AlertInput['agent']): boolean {
  if (ticket.assignee === agent.id) return true;
  if (ticket.assignee === null && agent.teamIds.includes(ticket.teamId)) return true;
  return ticket.clocks.some((clock) => clock.severity === 'critical');
}

/** Equal dues give one alert, that of the lower number (A1). */
function distinctDues(clocks: readonly WatchedClock[]): WatchedClock[] {
  return clocks.filter(
    (clock) => !clocks.some((other) => other.dueAt === clock.dueAt && other.id < clock.id),
  );
}

/** The edges that have come and were not given yet, oldest first. */
function edgesOf(ticket: WatchedTicket, clock: WatchedClock, input: AlertInput): Alert[] {
  const { now, ledger } = input;
  const { dueAt, severity } = clock;
  const base = `${ticket.id}|${clock.id}|${dueAt}`;
  const alert = (name: string, edgeAt: number, repeats = false): Alert => ({
    key: `${base}|${name}`,
    ticketId: ticket.id,
    reference: ticket.reference,
    subject: ticket.subject,
    organisation: ticket.organisation,
    clock: clock.id,
    severity,
    dueAt,
    edgeAt,
    repeats,
  });
  const thresholds = input.alertMinutesBefore[severity]
    .map((minutes) => alert(`before-${minutes}`, dueAt - minutes * MINUTE_MS))
    // A threshold already past when the due was set is skipped (A1).
    .filter(({ edgeAt }) => edgeAt >= clock.setAt);
  const edges = [...thresholds, alert('due', dueAt)].filter(
    ({ edgeAt }) => edgeAt > ledger.sinceAt,
  );
  const repeat = Math.floor((now - dueAt) / REPEAT_EVERY_MS);
  const isSilenced =
    severity !== 'critical' ||
    repeat < 1 ||
    ledger.isAcknowledged(ticket.id, clock.id, dueAt) ||
    input.isQuieted(ticket.id, clock.id);
  // Only the newest repeat: those before it are gone by (A5).
  if (!isSilenced) edges.push(alert(`repeat-${repeat}`, dueAt + repeat * REPEAT_EVERY_MS, true));
  return edges
    .filter(({ edgeAt, key }) => edgeAt <= now && !ledger.has(key))
    .toSorted((a, b) => a.edgeAt - b.edgeAt);
}

function byUrgency(a: Alert, b: Alert): number {
  return severityRank(a.severity) - severityRank(b.severity) || a.dueAt - b.dueAt;
}

/** The next instant at which an alert may come; Infinity where none is in sight (A3). */
export function nextAlertAt(input: Omit<AlertInput, 'ledger' | 'isQuieted'>): number {
  let next = Number.POSITIVE_INFINITY;
  for (const ticket of input.tickets) {
    if (!concerns(ticket, input.agent)) continue;
    for (const { dueAt, severity } of ticket.clocks) {
      const edges = input.alertMinutesBefore[severity].map((each) => dueAt - each * MINUTE_MS);
      edges.push(dueAt);
      if (severity === 'critical' && dueAt <= input.now)
        edges.push(
          dueAt + (Math.floor((input.now - dueAt) / REPEAT_EVERY_MS) + 1) * REPEAT_EVERY_MS,
        );
      for (const edge of edges) if (edge > input.now && edge < next) next = edge;
    }
  }
  return next;
}
