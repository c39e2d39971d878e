import type { Status } from '../../shared/tickets/fields.ts';
import { ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { ImportedTicket } from '../store/imported-ticket.ts';
import { beginnings, byCase, withoutDuplicates } from './log-cases.ts';
import type { LogCounts } from './log-counts.ts';
import type { LogFault } from './log-fault.ts';
import { readEvents } from './read-events.ts';
import type { LogEvent } from './log-row.ts';
import { logAgent, logTeamId, replayCase } from './replay-case.ts';
import type { ReplayContext } from './replay-case.ts';
import { logReport } from './log-report.ts';
import { policyForPast } from './ticket-past.ts';

export type LogMoment = {
  /** The moment at which the log is taken, ms since epoch. What happened at it still counts. */
  asOfMs: number;
  /** Where that moment goes: every instant of the log is shifted by the difference. */
  nowMs: number;
  /** 0 to 1, for ids. */
  random: () => number;
};

export type LogImport = {
  tickets: ImportedTicket[];
  agents: Omit<Agent, 'version'>[];
  /** Lines for a person. */
  report: string[];
  counts: LogCounts;
};

/** Takes the tickets of a log that were open at a moment, with their past, and makes that moment now. */
export function readLog(text: string | Uint8Array, moment: LogMoment): Result<LogImport, LogFault> {
  const events = readEvents(text);
  if (!events.ok) return events;
  const once = withoutDuplicates(events.value);
  const cases = byCase(once);
  const context = contextFor(once, moment);
  const tickets: ImportedTicket[] = [];
  let begunInTheMiddle = 0;
  const taken: LogEvent[] = [];
  const skippedBecause: Record<string, number> = {};
  const skip = (why: string, count: number): void => {
    if (count > 0) skippedBecause[why] = (skippedBecause[why] ?? 0) + count;
  };
  for (const all of cases.values()) {
    const [first, ...later] = all.filter((event) => event.at <= moment.asOfMs);
    const known = first === undefined ? 0 : 1 + later.length;
    skip('they come after the moment', all.length - known);
    if (first === undefined) continue;
    if (first.at + context.shiftMs < 0) {
      skip('they would lie before 1970 once shifted', known);
      continue;
    }
    const replayed = replayCase(first, later, context);
    if (replayed.ticket.head.status.value === 'closed') {
      skip('their ticket was closed by then', known);
      continue;
    }
    tickets.push(replayed.ticket);
    if (!beginnings.has(first.activity)) begunInTheMiddle += 1;
    taken.push(...replayed.taken);
    for (const { why } of replayed.skipped) skip(why, 1);
  }
  const counts: LogCounts = {
    events: events.value.length,
    cases: cases.size,
    tickets: tickets.length,
    byStatus: countStatuses(tickets),
    begunInTheMiddle,
    taken: taken.length,
    merged: events.value.length - once.length,
    skipped: Object.values(skippedBecause).reduce((sum, count) => sum + count, 0),
    skippedBecause,
  };
  return ok({ tickets, agents: agentsOf(taken), report: logReport(counts), counts });
}

function countStatuses(tickets: readonly ImportedTicket[]): LogCounts['byStatus'] {
  const counts: Partial<Record<Status, number>> = {};
  for (const { head } of tickets) counts[head.status.value] = (counts[head.status.value] ?? 0) + 1;
  return counts;
}

function contextFor(events: readonly LogEvent[], moment: LogMoment): ReplayContext {
  const shiftMs = moment.nowMs - moment.asOfMs;
  const oldestAt = events.reduce((oldest, { at }) => Math.min(oldest, at), moment.asOfMs) + shiftMs;
  return {
    shiftMs,
    nowMs: moment.nowMs,
    policy: policyForPast(oldestAt, moment.nowMs),
    random: moment.random,
  };
}

/** Who did something on what was taken, with the teams they did it in. */
function agentsOf(events: readonly LogEvent[]): LogImport['agents'] {
  const teams = new Map<string, Set<string>>();
  for (const { resource, workgroup } of events) {
    const known = teams.get(resource) ?? new Set();
    teams.set(resource, known.add(logTeamId(workgroup)));
  }
  return [...teams]
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([resource, teamIds]) => ({
      ...logAgent(resource),
      role: 'agent',
      teamIds: [...teamIds].toSorted((a, b) => (a < b ? -1 : 1)).slice(0, 100),
    }));
}
