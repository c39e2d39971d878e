import { unreachable } from '../base/assert.ts';
import type { ClockId } from './clock-id.ts';
import type { ClockState } from './clock.ts';
import type { PolicyStep, Run, TicketHead } from '../tickets/head.ts';
import { endOf, hasBegunAnew, isExcused, isSameRun, runOf } from '../tickets/runs.ts';
import { calendarFor, countedOn, dueForClass, dueOn } from './compiled-policy.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { finite, foldSeverity, policyTrace } from './severity-fold.ts';
import { severityRank } from './severity.ts';
import type { Severity } from './severity.ts';
import type { CalendarKind, TraceEvent, TraceStep } from './trace-step.ts';

/**
 * One clock reckoned, without words: what order, alerts and settling need of it, 100,000 times over. With a `trace`
 * the same reckoning says why (C15).
 */
export type Reckoned = {
  run: Run;
  state: ClockState;
  severity: Severity;
  calendar: CalendarKind;
  /** Where it counts from: the start of its run, or for C5 the ask that binds. */
  fromAt: number;
  targetMs: number;
  /** Null while paused; Infinity beyond the policy's day table. */
  dueAt: number | null;
  dueSetAt: number;
  usedMs: number;
  endedAt: number | null;
};

/** Where a clock stands; null where the ticket has no such clock (C1 to C5, C12, C13). */
export function stateOf(
  facts: TicketHead,
  policy: CompiledPolicy,
  id: ClockId,
): { run: Run; state: ClockState; endedAt: number | null } | null {
  if (!applies(facts, policy, id)) return null;
  const run = runOf(facts, id);
  if (run === null) return null;
  const endedAt = endOf(facts, id);
  if (endedAt === null) return { run, endedAt, state: openState(facts, run) };
  // What a closing excused before C1 began anew is met by no reply to that (C13).
  if (id === 'C2' && hasBegunAnew(facts)) return { run, endedAt: null, state: 'excused' };
  return { run, endedAt, state: 'ended' };
}

/** Is this a clock that such a ticket has under this policy? */
function applies(facts: TicketHead, policy: CompiledPolicy, id: ClockId): boolean {
  switch (id) {
    case 'C2':
      return policy.firstContactMs !== null && facts.category.value !== 'question';
    case 'C5':
      return facts.asked.length > facts.triageFromAsk && asksAboveLow(facts);
    case 'C1':
    case 'C3':
    case 'C4':
      return true;
    default:
      return unreachable(id);
  }
}

function asksAboveLow({ asked, triageFromAsk, triageEndAsk }: TicketHead): boolean {
  for (let index = triageFromAsk; index < (triageEndAsk ?? asked.length); index += 1)
    if (asked[index]?.severity !== 'low') return true;
  return false;
}

function openState(facts: TicketHead, run: Run): ClockState {
  if (facts.category.value === 'feature') return 'stopped';
  if (isExcused(facts, run)) return 'excused';
  switch (facts.status.value) {
    case 'open':
    case 'waiting':
      return 'running';
    case 'resolved':
      return 'suspended';
    case 'closed':
      return 'excused';
    default:
      return unreachable(facts.status.value);
  }
}

/** Reckons one clock of a ticket, whatever its state; null where there is none. */
export function reckon(
  facts: TicketHead,
  policy: CompiledPolicy,
  id: ClockId,
  trace: TraceStep[] | null = null,
): Reckoned | null {
  const stands = stateOf(facts, policy, id);
  if (stands === null) return null;
  return reckonAs(facts, policy, id, stands, trace);
}

/** As `reckon`, where the state is known already. */
export function reckonAs(
  facts: TicketHead,
  policy: CompiledPolicy,
  id: ClockId,
  stands: { run: Run; state: ClockState; endedAt: number | null },
  trace: TraceStep[] | null,
): Reckoned {
  const policyStep = policyStepOf(facts, policy, id, stands.run);
  const input = { facts, policy, stands, policyStep, trace };
  switch (id) {
    case 'C1':
      return folded(input, {
        by: hasBegunAnew(facts) ? 'reopening' : 'submission',
        rule: 'C1',
        fromStep: facts.responseFromStep,
        endStep: facts.responseEndStep,
      });
    case 'C3':
      return folded(input, {
        by: 'message',
        rule: 'C3',
        fromStep: facts.unanswered?.fromStep ?? 1,
        endStep: null,
      });
    case 'C2':
      return straight(input, 'C2', 'submission', policy.firstContactMs ?? 0);
    case 'C4':
      return updates(input);
    case 'C5':
      return triage(input);
    default:
      return unreachable(id);
  }
}

type Input = {
  facts: TicketHead;
  policy: CompiledPolicy;
  stands: { run: Run; state: ClockState; endedAt: number | null };
  policyStep: PolicyStep | null;
  trace: TraceStep[] | null;
};

/** Only under the rules that it belongs to does a step of C14 count. */
function policyStepOf(
  facts: TicketHead,
  policy: CompiledPolicy,
  id: ClockId,
  run: Run,
): PolicyStep | null {
  for (const step of facts.policySteps)
    if (step.clock === id && step.rules === policy.rules && isSameRun(step.run, run)) return step;
  return null;
}

type Started = Extract<TraceEvent, { kind: 'started' }>['by'];

/** C1 and C3: by the ticket's severity, which may change on the way (C10). */
function folded(
  { facts, policy, stands, policyStep, trace }: Input,
  how: { by: Started; rule: string; fromStep: number; endStep: number | null },
): Reckoned {
  const { fromAt } = stands.run;
  const changes: TraceStep[] | null = trace === null ? null : [];
  const { fromStep, endStep } = how;
  const input = { facts, policy, fromAt, fromStep, endStep, policyStep };
  const due = foldSeverity(input, changes);
  if (trace !== null && changes !== null) {
    const first = foldSeverity({ ...input, endStep: fromStep, policyStep: null }, null);
    const calendar = calendarFor(policy, first);
    started(trace, how.rule, how.by, { ...first, fromAt, calendar, policy });
    trace.push(...changes);
  }
  return {
    ...stands,
    severity: due.severity,
    calendar: calendarFor(policy, due),
    fromAt,
    targetMs: policy.targetsMs[due.severity],
    dueAt: due.dueAt,
    dueSetAt: due.dueSetAt,
    usedMs: 0,
  };
}

function started(
  trace: TraceStep[],
  rule: string,
  by: Started,
  given: {
    fromAt: number;
    severity: Severity;
    calendar: CalendarKind;
    dueAt: number;
    policy: CompiledPolicy;
    targetMs?: number;
  },
): void {
  const { fromAt, severity, calendar, dueAt, policy } = given;
  const targetMs = given.targetMs ?? policy.targetsMs[severity];
  const what = { kind: 'started', by, severity, targetMs, calendar } as const;
  trace.push({ rule, at: fromAt, dueAt: finite(dueAt), what });
}

/** C2: so many counted business hours, whatever happens. */
function straight(
  { facts, policy, stands, policyStep, trace }: Input,
  rule: string,
  by: Started,
  targetMs: number,
): Reckoned {
  const { fromAt } = stands.run;
  const severity = facts.severity.value;
  const dueAt = dueOn(policy, 'business', fromAt, targetMs);
  if (trace !== null) {
    started(trace, rule, by, { fromAt, severity, calendar: 'business', dueAt, policy, targetMs });
    if (policyStep !== null) trace.push(policyTrace(policyStep.at, policyStep.dueAt));
  }
  return {
    ...stands,
    severity,
    calendar: 'business',
    fromAt,
    targetMs,
    dueAt: policyStep?.dueAt ?? dueAt,
    dueSetAt: policyStep?.at ?? fromAt,
    usedMs: 0,
  };
}

/** C4: a bug owes news; waiting and resolving pause the count and keep what was used (C13). */
function updates(input: Input): Reckoned {
  const { facts, policy, stands, policyStep, trace } = input;
  const { fromAt } = stands.run;
  const by = fromAt === facts.certifiedAt ? 'certified' : 'update';
  const whole = straight({ ...input, policyStep: null }, 'C4', by, policy.progressUpdateMs);
  let usedMs = 0;
  let runsFromAt: number | null = fromAt;
  let { dueAt, dueSetAt } = whole;
  for (const pause of facts.updatePauses) {
    // What was due before the pause stays due: a pause gives no time back.
    if (runsFromAt !== null && dueAt !== null && dueAt <= pause.fromAt) break;
    if (runsFromAt !== null) usedMs += countedOn(policy, 'business', runsFromAt, pause.fromAt);
    runsFromAt = pause.toAt;
    dueAt =
      runsFromAt === null
        ? null
        : dueOn(policy, 'business', runsFromAt, Math.max(0, policy.progressUpdateMs - usedMs));
    dueSetAt = runsFromAt ?? pause.fromAt;
    trace?.push({
      rule: 'C13',
      at: pause.fromAt,
      dueAt: dueAt === null ? null : finite(dueAt),
      what: { kind: 'paused', untilAt: pause.toAt },
    });
  }
  if (policyStep !== null) {
    dueAt = policyStep.dueAt;
    dueSetAt = Math.max(dueSetAt, policyStep.at);
    trace?.push(policyTrace(policyStep.at, policyStep.dueAt));
  }
  // An open pause: the ticket waits, or rests. Nothing is owed then, also where it was late before.
  const isPaused = facts.updatePauses.at(-1)?.toAt === null;
  if (!isPaused) return { ...whole, dueAt, dueSetAt, usedMs };
  const state = stands.state === 'running' ? 'paused' : stands.state;
  return { ...whole, state, dueAt: null, dueSetAt, usedMs };
}

/** C5: the nearest due of the severities above Low that were asked for since the last triage. */
function triage({ facts, policy, stands, policyStep, trace }: Input): Reckoned {
  const end = facts.triageEndAsk ?? facts.asked.length;
  let best: { severity: Severity; fromAt: number; dueAt: number } | null = null;
  let moved: PolicyStep | null = policyStep;
  for (let index = facts.triageFromAsk; index < end; index += 1) {
    const asked = facts.asked[index];
    if (asked === undefined || asked.severity === 'low') continue;
    const fromAt = Math.max(asked.at, facts.submittedAt);
    const dueAt = dueForClass(policy, { severity: asked.severity, serverFault: false }, fromAt);
    if (trace !== null) {
      const calendar = calendarFor(policy, { severity: asked.severity, serverFault: false });
      started(trace, 'C5', 'asked', { fromAt, severity: asked.severity, calendar, dueAt, policy });
    }
    const isNearer =
      best === null ||
      dueAt < best.dueAt ||
      (dueAt === best.dueAt && severityRank(asked.severity) < severityRank(best.severity));
    if (!isNearer) continue;
    best = { severity: asked.severity, fromAt, dueAt };
    // What was asked for later binds by itself.
    if (policyStep !== null && index >= policyStep.afterAsked) moved = null;
  }
  const { severity, fromAt, dueAt } = best ?? { severity: 'low', fromAt: 0, dueAt: 0 };
  if (moved !== null) trace?.push(policyTrace(moved.at, moved.dueAt));
  return {
    ...stands,
    severity,
    calendar: calendarFor(policy, { severity, serverFault: false }),
    fromAt,
    targetMs: policy.targetsMs[severity],
    dueAt: moved?.dueAt ?? dueAt,
    dueSetAt: moved?.at ?? fromAt,
    usedMs: 0,
  };
}
