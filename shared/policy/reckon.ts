import { unreachable } from '../base/assert.ts';
import type { ClockId } from './clock-id.ts';
import type { ClockState } from './clock.ts';
import type { PolicyStep, Run, TicketHead } from '../tickets/head.ts';
import { endOf, isExcused, isSameRun, runOf } from '../tickets/runs.ts';
import { calendarFor, countedOn, dueForClass, dueOn, targetMs } from './compiled-policy.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { finite, foldSeverity, policyTrace } from './severity-fold.ts';
import type { FoldInput } from './severity-fold.ts';
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
  return { run, endedAt, state: endedAt === null ? openState(facts, run) : 'ended' };
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

/** As `reckon`, for a clock that runs towards a due; null for any other, and nothing is made for it. */
export function reckonRunning(
  facts: TicketHead,
  policy: CompiledPolicy,
  id: ClockId,
): Reckoned | null {
  // Most clocks of a queue have ended: that is known without their run.
  if (endOf(facts, id) !== null) return null;
  const stands = stateOf(facts, policy, id);
  if (stands?.state !== 'running') return null;
  const reckoned = reckonAs(facts, policy, id, stands, null);
  return reckoned.state === 'running' ? reckoned : null;
}

/** As `reckon`, where the state is known already. */
export function reckonAs(
  facts: TicketHead,
  policy: CompiledPolicy,
  id: ClockId,
  { run, state, endedAt }: Pick<Reckoned, 'run' | 'state' | 'endedAt'>,
  trace: TraceStep[] | null,
): Reckoned {
  const { fromAt } = run;
  // C2's, until the clock's own rule has filled it in: one object for a clock is all that is made.
  const clock: Reckoned = {
    run,
    state,
    severity: facts.severity.value,
    calendar: 'business',
    fromAt,
    targetMs: 0,
    dueAt: null,
    dueSetAt: fromAt,
    usedMs: 0,
    endedAt,
  };
  const policyStep = policyStepOf(facts, policy, id, run);
  switch (id) {
    case 'C1': {
      const by = fromAt === facts.submittedAt ? 'submission' : 'reopening';
      const { responseFromStep: fromStep, responseEndStep: endStep } = facts;
      const input = { facts, policy, fromAt, fromStep, endStep, policyStep };
      fold(clock, input, { rule: id, by, trace });
      break;
    }
    case 'C3': {
      const fromStep = facts.unanswered?.fromStep ?? 1;
      const input = { facts, policy, fromAt, fromStep, endStep: null, policyStep };
      fold(clock, input, { rule: id, by: 'message', trace });
      break;
    }
    case 'C2':
      clock.targetMs = policy.firstContactMs ?? 0;
      countStraight(clock, policy, { rule: id, by: 'submission', trace });
      takePolicyStep(clock, policyStep, trace);
      break;
    case 'C4':
      clock.targetMs = policy.progressUpdateMs;
      countUpdates(clock, { facts, policy, policyStep, trace });
      break;
    case 'C5':
      triage(clock, { facts, policy, policyStep, trace });
      break;
    default:
      return unreachable(id);
  }
  return clock;
}

type Input = {
  facts: TicketHead;
  policy: CompiledPolicy;
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

/** C14: the due that the policy was kept from putting into the past. */
function takePolicyStep(
  clock: Reckoned,
  policyStep: PolicyStep | null,
  trace: TraceStep[] | null,
): void {
  if (policyStep === null) return;
  clock.dueAt = policyStep.dueAt;
  clock.dueSetAt = policyStep.at;
  trace?.push(policyTrace(policyStep.at, policyStep.dueAt));
}

/** How the trace, where there is one, tells what a clock began with. */
type Telling = {
  rule: string;
  by: Extract<TraceEvent, { kind: 'started' }>['by'];
  trace: TraceStep[] | null;
};

type Started = Pick<Reckoned, 'severity' | 'targetMs' | 'calendar' | 'fromAt'> & { dueAt: number };

function tellStart({ rule, by, trace }: Telling, started: Started): void {
  const { severity, targetMs, calendar, fromAt: at, dueAt } = started;
  const what = { kind: 'started', by, severity, targetMs, calendar } as const;
  trace?.push({ rule, at, dueAt: finite(dueAt), what });
}

/** C1 and C3: by the ticket's severity, which may change on the way (C10). */
function fold(clock: Reckoned, input: FoldInput, telling: Telling): void {
  const { policy, fromAt, fromStep } = input;
  const { trace } = telling;
  if (trace !== null) {
    const first = foldSeverity({ ...input, endStep: fromStep, policyStep: null }, null);
    const calendar = calendarFor(policy, first);
    const target = targetMs(policy, first.severity);
    tellStart(telling, { ...first, fromAt, calendar, targetMs: target });
  }
  const due = foldSeverity(input, trace);
  clock.severity = due.severity;
  clock.calendar = calendarFor(policy, due);
  clock.targetMs = targetMs(policy, due.severity);
  clock.dueAt = due.dueAt;
  clock.dueSetAt = due.dueSetAt;
}

/** C2, and C4 before its pauses: so many counted business hours, whatever happens. */
function countStraight(clock: Reckoned, policy: CompiledPolicy, telling: Telling): void {
  const dueAt = dueOn(policy, 'business', clock.fromAt, clock.targetMs);
  clock.dueAt = dueAt;
  if (telling.trace !== null) tellStart(telling, { ...clock, dueAt });
}

/** C4: a bug owes news; waiting and resolving pause the count and keep what was used (C13). */
function countUpdates(clock: Reckoned, { facts, policy, policyStep, trace }: Input): void {
  const { fromAt, targetMs: wholeMs } = clock;
  const by = fromAt === facts.certifiedAt ? 'certified' : 'update';
  countStraight(clock, policy, { rule: 'C4', by, trace });
  let usedMs = 0;
  let runsFromAt: number | null = fromAt;
  let { dueAt } = clock;
  for (const pause of facts.updatePauses) {
    // What was due before the pause stays due: a pause gives no time back.
    if (runsFromAt !== null && dueAt !== null && dueAt <= pause.fromAt) break;
    if (runsFromAt !== null) usedMs += countedOn(policy, 'business', runsFromAt, pause.fromAt);
    runsFromAt = pause.toAt;
    dueAt =
      runsFromAt === null
        ? null
        : dueOn(policy, 'business', runsFromAt, Math.max(0, wholeMs - usedMs));
    clock.dueSetAt = runsFromAt ?? pause.fromAt;
    trace?.push({
      rule: 'C13',
      at: pause.fromAt,
      dueAt: dueAt === null ? null : finite(dueAt),
      what: { kind: 'paused', untilAt: pause.toAt },
    });
  }
  clock.dueAt = dueAt;
  clock.usedMs = usedMs;
  const { dueSetAt } = clock;
  takePolicyStep(clock, policyStep, trace);
  clock.dueSetAt = Math.max(dueSetAt, clock.dueSetAt);
  // An open pause: the ticket waits, or rests. Nothing is owed then, also where it was late before.
  if (facts.updatePauses.at(-1)?.toAt !== null) return;
  clock.dueAt = null;
  if (clock.state === 'running') clock.state = 'paused';
}

/** C5: the nearest due of the severities above Low that were asked for since the last triage. */
function triage(clock: Reckoned, { facts, policy, policyStep, trace }: Input): void {
  const end = facts.triageEndAsk ?? facts.asked.length;
  const telling: Telling = { rule: 'C5', by: 'asked', trace };
  let nearestAt: number | null = null;
  let moved: PolicyStep | null = policyStep;
  for (let index = facts.triageFromAsk; index < end; index += 1) {
    const asked = facts.asked[index];
    if (asked === undefined || asked.severity === 'low') continue;
    const { severity } = asked;
    const given = { severity, serverFault: false };
    const fromAt = Math.max(asked.at, facts.submittedAt);
    const dueAt = dueForClass(policy, given, fromAt);
    const calendar = calendarFor(policy, given);
    const target = targetMs(policy, severity);
    if (trace !== null)
      tellStart(telling, { fromAt, severity, calendar, dueAt, targetMs: target });
    const isNearer =
      nearestAt === null ||
      dueAt < nearestAt ||
      (dueAt === nearestAt && severityRank(severity) < severityRank(clock.severity));
    if (!isNearer) continue;
    nearestAt = dueAt;
    clock.severity = severity;
    clock.calendar = calendar;
    clock.targetMs = target;
    clock.fromAt = fromAt;
    clock.dueSetAt = fromAt;
    // What was asked for later binds by itself.
    if (policyStep !== null && index >= policyStep.afterAsked) moved = null;
  }
  clock.dueAt = nearestAt;
  takePolicyStep(clock, moved, trace);
}
