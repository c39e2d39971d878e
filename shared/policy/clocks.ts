import { unreachable } from '../base/assert.ts';
import type { TicketHead } from '../tickets/head.ts';
import { isSameRun } from '../tickets/runs.ts';
import { uncountedDays } from './calendar.ts';
import { clockIds } from './clock-id.ts';
import type { ClockId } from './clock-id.ts';
import type { TicketClock } from './clock.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { reckon } from './reckon.ts';
import type { Reckoned } from './reckon.ts';
import type { TraceStep } from './trace-step.ts';

/**
 * Every clock of a ticket with its reasons, from its head row's facts and a policy version alone (C1 to C5). Never
 * stored: console, desk, tests and replay all call this.
 */
export function clocks(facts: TicketHead, policy: CompiledPolicy): TicketClock[] {
  return clockIds.flatMap((id) => clockOf(facts, policy, id) ?? []);
}

/** One clock of a ticket; null where it has none. */
export function clockOf(
  facts: TicketHead,
  policy: CompiledPolicy,
  id: ClockId,
): TicketClock | null {
  const trace: TraceStep[] = [];
  const reckoned = reckon(facts, policy, id, trace);
  if (reckoned === null) return null;
  const { run, ...clock } = reckoned;
  const miss = facts.misses.find((each) => each.clock === id && isSameRun(each.run, run));
  const isPast = reckoned.endedAt !== null && reckoned.endedAt < policy.rulesAt;
  if (isPast && policy.rules > 1) {
    // It ended under other rules: what these would have made of it is nobody's due (C14).
    clock.dueAt = null;
    trace.splice(0, Number.POSITIVE_INFINITY, ...(miss?.trace ?? [rulesStep(policy, true)]));
  } else {
    if (policy.rules > 1 && run.fromAt < policy.rulesAt) trace.unshift(rulesStep(policy, false));
    trace.push(...uncounted(clock, policy));
  }
  if (miss !== undefined) {
    const { dueAt, severity } = miss;
    trace.push({ rule: 'C11', at: dueAt, dueAt, what: { kind: 'missed', severity } });
  }
  trace.push(...ending(facts, id, reckoned, miss?.dueAt ?? null));
  return { id, ...clock, missedDueAt: miss?.dueAt ?? null, trace };
}

function rulesStep({ rules, rulesAt }: CompiledPolicy, past: boolean): TraceStep {
  return { rule: 'C14', at: rulesAt, dueAt: null, what: { kind: 'rules', rules, past } };
}

/** Enough for a reason that somebody reads. */
const MOST_DAYS = 12;

/** C8: which days between start and due did not count. */
function uncounted(
  { calendar, fromAt, dueAt }: Pick<Reckoned, 'calendar' | 'fromAt' | 'dueAt'>,
  policy: CompiledPolicy,
): TraceStep[] {
  if (calendar === 'always' || dueAt === null || !Number.isFinite(dueAt)) return [];
  const range = { fromAt, toAt: dueAt, limit: MOST_DAYS + 1 };
  const found = uncountedDays(policy.calendar, policy.days, range);
  if (found.length === 0) return [];
  const what = {
    kind: 'not-counted',
    days: found.slice(0, MOST_DAYS),
    more: found.length > MOST_DAYS,
  } as const;
  return [{ rule: 'C8', at: fromAt, dueAt, what }];
}

/** The step that says why a clock does not run any more. */
function ending(
  facts: TicketHead,
  id: ClockId,
  { state, endedAt }: Reckoned,
  missedDueAt: number | null,
): TraceStep[] {
  const step = (
    rule: string,
    field: { at: number; agentId: string | null },
    kind: 'stopped' | 'suspended' | 'excused',
  ): TraceStep[] => [{ rule, at: field.at, dueAt: null, what: { kind, agentId: field.agentId } }];
  switch (state) {
    case 'running':
    case 'paused':
      return [];
    case 'ended': {
      const at = endedAt ?? 0;
      const by = id === 'C5' ? 'triage' : 'reply';
      // Only what was missed while it ran is late (C11); what came due while it rested is not.
      const lateMs = missedDueAt === null ? 0 : Math.max(0, at - missedDueAt);
      return [{ rule: id, at, dueAt: null, what: { kind: 'ended', by, lateMs } }];
    }
    case 'stopped':
      return step('P9', facts.category, 'stopped');
    case 'suspended':
      return step('C13', facts.status, 'suspended');
    case 'excused':
      return facts.status.value === 'closed'
        ? step('C13', facts.status, 'excused')
        : step('C13', { at: facts.excusedUpTo?.fromAt ?? 0, agentId: null }, 'excused');
    default:
      return unreachable(state);
  }
}
