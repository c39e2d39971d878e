import { unreachable } from '../base/assert.ts';
import type { ClockId } from './clock-id.ts';
import type { ClockState } from './clock.ts';
import type { PolicyStep, Run, TicketHead } from '../tickets/head.ts';
import {
  endOf,
  hasBegunAnew,
  isExcused,
  isSameRun,
  runOf,
  runStart,
  runVersion,
} from '../tickets/runs.ts';
import { calendarFor, countedOn, dueForClass, dueOn, targetMs } from './compiled-policy.ts';
import type { Class, CompiledPolicy } from './compiled-policy.ts';
import { finite, foldSeverity, policyTrace } from './severity-fold.ts';
import type { FoldedDue } from './severity-fold.ts';
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
): Pick<Reckoned, 'run' | 'state' | 'endedAt'> | null {
  const state = clockState(facts, policy, id);
  const run = runOf(facts, id);
  if (state === null || run === null) return null;
  return { run, state, endedAt: state === 'ended' ? endOf(facts, id) : null };
}

function clockState(facts: TicketHead, policy: CompiledPolicy, id: ClockId): ClockState | null {
  if (!applies(facts, policy, id) || runStart(facts, id) === null) return null;
  if (endOf(facts, id) === null) return openState(facts, id);
  // What a closing excused before C1 began anew is met by no reply to that (C13).
  return id === 'C2' && hasBegunAnew(facts) ? 'excused' : 'ended';
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

function openState(facts: TicketHead, id: ClockId): ClockState {
  if (facts.category.value === 'feature') return 'stopped';
  if (facts.excusedUpTo !== null) {
    const run = runOf(facts, id);
    if (run !== null && isExcused(facts, run)) return 'excused';
  }
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
  return stands === null ? null : reckonAs(facts, policy, id, stands, trace);
}

/** As `reckon`, where the state is known already. */
export function reckonAs(
  facts: TicketHead,
  policy: CompiledPolicy,
  id: ClockId,
  { run, state, endedAt }: Pick<Reckoned, 'run' | 'state' | 'endedAt'>,
  trace: TraceStep[] | null,
): Reckoned {
  const clock = { ...blankClock(), run, state, endedAt };
  count(clock, facts, policy, id, trace);
  return clock;
}

/** What `reckonRunning` reckons into, over and over. */
export function blankClock(): Reckoned {
  return {
    run: { fromAt: 0, version: 0 },
    state: 'running',
    severity: 'low',
    calendar: 'business',
    fromAt: 0,
    targetMs: 0,
    dueAt: null,
    dueSetAt: 0,
    usedMs: 0,
    endedAt: null,
  };
}

/**
 * Reckons a clock that runs towards a due into `clock`; false, and nothing of use in it, for any other. It makes no
 * object, so that the garbage of 100,000 tickets does not take longer than their clocks.
 */
export function reckonRunning(
  clock: Reckoned,
  facts: TicketHead,
  policy: CompiledPolicy,
  id: ClockId,
): boolean {
  if (clockState(facts, policy, id) !== 'running') return false;
  clock.run.fromAt = runStart(facts, id) ?? 0;
  clock.run.version = runVersion(facts, id);
  clock.state = 'running';
  clock.endedAt = null;
  count(clock, facts, policy, id, null);
  return clock.state === 'running';
}

/** Fills in all but run, state and end, by the clock's own rule. */
function count(
  clock: Reckoned,
  facts: TicketHead,
  policy: CompiledPolicy,
  id: ClockId,
  trace: TraceStep[] | null,
): void {
  const { fromAt } = clock.run;
  clock.severity = facts.severity.value;
  clock.calendar = 'business';
  clock.fromAt = fromAt;
  clock.dueSetAt = fromAt;
  clock.usedMs = 0;
  const policyStep = policyStepOf(facts, policy, id, clock.run);
  switch (id) {
    case 'C1':
    case 'C3':
      return fold(clock, facts, policy, id, policyStep, trace);
    case 'C2':
      countStraight(clock, policy, policy.firstContactMs ?? 0);
      if (trace !== null) tellStart(trace, id, 'submission', clock);
      return takePolicyStep(clock, policyStep, trace);
    case 'C4':
      return countUpdates(clock, facts, policy, policyStep, trace);
    case 'C5':
      return countAsked(clock, facts, policy, policyStep, trace);
    default:
      return unreachable(id);
  }
}

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

type StartedBy = Extract<TraceEvent, { kind: 'started' }>['by'];
type Start = Pick<Reckoned, 'severity' | 'targetMs' | 'calendar' | 'fromAt' | 'dueAt'>;

function tellStart(trace: TraceStep[], rule: ClockId, by: StartedBy, start: Start): void {
  const { severity, targetMs, calendar, fromAt, dueAt } = start;
  const what = { kind: 'started', by, severity, targetMs, calendar } as const;
  trace.push({ rule, at: fromAt, dueAt: dueAt === null ? null : finite(dueAt), what });
}

/** What a fold is put into; read before the next one begins. */
const folded: FoldedDue = { severity: 'low', serverFault: false, dueAt: 0, dueSetAt: 0 };

/** C1 and C3: by the ticket's severity, which may change on the way (C10). */
function fold(
  clock: Reckoned,
  facts: TicketHead,
  policy: CompiledPolicy,
  id: 'C1' | 'C3',
  policyStep: PolicyStep | null,
  trace: TraceStep[] | null,
): void {
  const { fromAt } = clock;
  const fromStep = id === 'C1' ? facts.responseFromStep : (facts.unanswered?.fromStep ?? 1);
  const endStep = id === 'C1' ? facts.responseEndStep : null;
  const last = facts.severitySteps[fromStep - 1];
  const isPlain = (endStep ?? facts.severitySteps.length) <= fromStep && policyStep === null;
  // What most runs are, 100,000 times over: the fold of no change, without the objects of a fold.
  if (isPlain && trace === null && last?.withdrawn === false) {
    takeClass(clock, policy, last);
    clock.dueAt = dueForClass(policy, last, fromAt);
    return;
  }
  const input = { facts, policy, fromAt, fromStep, endStep, policyStep };
  if (trace !== null) {
    const first = foldSeverity({ ...input, endStep: fromStep, policyStep: null }, null);
    takeClass(clock, policy, first);
    clock.dueAt = first.dueAt;
    tellStart(trace, id, startedBy(facts, id), clock);
  }
  const due = foldSeverity(input, trace, folded);
  takeClass(clock, policy, due);
  clock.dueAt = due.dueAt;
  clock.dueSetAt = due.dueSetAt;
}

function startedBy(facts: TicketHead, id: 'C1' | 'C3'): StartedBy {
  if (id === 'C3') return 'message';
  return hasBegunAnew(facts) ? 'reopening' : 'submission';
}

function takeClass(clock: Reckoned, policy: CompiledPolicy, given: Class): void {
  clock.severity = given.severity;
  clock.calendar = calendarFor(policy, given);
  clock.targetMs = targetMs(policy, given.severity);
}

/** C2, and C4 before its pauses: so many counted business hours, whatever happens. */
function countStraight(clock: Reckoned, policy: CompiledPolicy, wholeMs: number): void {
  clock.targetMs = wholeMs;
  clock.dueAt = dueOn(policy, 'business', clock.fromAt, wholeMs);
}

/** C4: a bug owes news; waiting and resolving pause the count and keep what was used (C13). */
function countUpdates(
  clock: Reckoned,
  facts: TicketHead,
  policy: CompiledPolicy,
  policyStep: PolicyStep | null,
  trace: TraceStep[] | null,
): void {
  const wholeMs = policy.progressUpdateMs;
  countStraight(clock, policy, wholeMs);
  const by = clock.fromAt === facts.certifiedAt ? 'certified' : 'update';
  if (trace !== null) tellStart(trace, 'C4', by, clock);
  let usedMs = 0;
  let runsFromAt: number | null = clock.fromAt;
  let { dueAt } = clock;
  for (const pause of facts.updatePauses) {
    // What was due before the pause stays due: a pause gives no time back.
    if (runsFromAt !== null && dueAt !== null && dueAt <= pause.fromAt) break;
    if (runsFromAt !== null) usedMs += countedOn(policy, 'business', runsFromAt, pause.fromAt);
    runsFromAt = pause.toAt;
    const leftMs = Math.max(0, wholeMs - usedMs);
    dueAt = runsFromAt === null ? null : dueOn(policy, 'business', runsFromAt, leftMs);
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
  if (policyStep !== null) goOnAfter(clock, facts, policyStep, trace);
  // An open pause: the ticket waits, or rests. Nothing is owed then, also where it was late before.
  if (facts.updatePauses.at(-1)?.toAt !== null) return;
  clock.dueAt = null;
  if (clock.state === 'running') clock.state = 'paused';
}

/** Kept at a change that came while it stood still, C4 is due when it goes on: no time is owed in a pause (C13, C14). */
function goOnAfter(
  clock: Reckoned,
  facts: TicketHead,
  { at, dueAt }: PolicyStep,
  trace: TraceStep[] | null,
): void {
  if (dueAt < at) return;
  const pause = facts.updatePauses.find(
    ({ fromAt, toAt }) => fromAt <= at && (toAt === null || toAt > at),
  );
  const untilAt = pause?.toAt ?? null;
  if (pause === undefined || untilAt === null) return;
  clock.dueAt = untilAt;
  clock.dueSetAt = untilAt;
  trace?.push({ rule: 'C13', at: pause.fromAt, dueAt: untilAt, what: { kind: 'paused', untilAt } });
}

/** C5: the nearest due of the severities above Low that were asked for since the last triage. */
function countAsked(
  clock: Reckoned,
  facts: TicketHead,
  policy: CompiledPolicy,
  policyStep: PolicyStep | null,
  trace: TraceStep[] | null,
): void {
  const end = facts.triageEndAsk ?? facts.asked.length;
  let nearestAt: number | null = null;
  let moved: PolicyStep | null = policyStep;
  for (let index = facts.triageFromAsk; index < end; index += 1) {
    const asked = facts.asked[index];
    if (asked === undefined || asked.severity === 'low') continue;
    const given = { severity: asked.severity, serverFault: false };
    const fromAt = Math.max(asked.at, facts.submittedAt);
    const dueAt = dueForClass(policy, given, fromAt);
    if (trace !== null) {
      const start = { ...clock, fromAt, dueAt };
      takeClass(start, policy, given);
      tellStart(trace, 'C5', 'asked', start);
    }
    const isNearer =
      nearestAt === null ||
      dueAt < nearestAt ||
      (dueAt === nearestAt && severityRank(given.severity) < severityRank(clock.severity));
    if (!isNearer) continue;
    nearestAt = dueAt;
    takeClass(clock, policy, given);
    clock.fromAt = fromAt;
    clock.dueSetAt = fromAt;
    // What was asked for later binds by itself.
    if (policyStep !== null && index >= policyStep.afterAsked) moved = null;
  }
  clock.dueAt = nearestAt;
  takePolicyStep(clock, moved, trace);
}
