import type { PolicyStep, TicketHead } from '../tickets/head.ts';
import { calendarFor, dueForClass } from './compiled-policy.ts';
import type { Class, CompiledPolicy } from './compiled-policy.ts';
import { isAbove } from './severity.ts';
import type { Severity } from './severity.ts';
import type { TraceEvent, TraceStep } from './trace-step.ts';

/** What a run's severity changes made of its due. */
export type FoldedDue = Class & { dueAt: number; dueSetAt: number };

/** What a run is folded from: where it counts from, and which severity steps were accepted before and during it. */
export type FoldInput = {
  facts: Pick<TicketHead, 'severitySteps' | 'asked'>;
  policy: CompiledPolicy;
  fromAt: number;
  fromStep: number;
  /** How many steps there were when the run ended; null while it goes on. */
  endStep: number | null;
  /** The due that this policy was kept from putting into the past, for this run (C14). */
  policyStep: PolicyStep | null;
};

type Step = TicketHead['severitySteps'][number];
type Had = Class & { dueAt: number };
type ChangeBy = Extract<TraceEvent, { kind: 'reclassified' }>['by'];

/**
 * Folds the severity changes over a run of C1 or C3 (C10), in the order the desk accepted them (C6): instants may
 * coincide, and a message can be received before a change that was accepted before it. No sequence of changes may
 * gain time, and a due that is past never moves on a raise. `trace` takes a step for each change. The result is put
 * `into` what is given, so that a queue of 100,000 makes no object for each.
 */
export function foldSeverity(
  input: FoldInput,
  trace: TraceStep[] | null,
  into: FoldedDue = { severity: 'low', serverFault: false, dueAt: 0, dueSetAt: 0 },
): FoldedDue {
  const { facts, policy, fromAt, fromStep, policyStep } = input;
  const steps = facts.severitySteps;
  const end = input.endStep ?? steps.length;
  begin(into, steps, fromStep);
  into.dueAt = dueForClass(policy, into, fromAt);
  into.dueSetAt = fromAt;

  // What it had before: for the first change that is what it has, so most folds need no list.
  let had: Had[] = none;
  let policyIsDue = policyStep !== null;
  for (let index = fromStep; index < end; index += 1) {
    const step = steps[index];
    if (policyStep !== null && policyIsDue && policyStep.afterSteps <= index) {
      had = [...had, { ...into }];
      takePolicyStep(policyStep, into, trace);
      policyIsDue = false;
    }
    if (step === undefined || step.withdrawn) continue;
    if (isSameCounting(policy, step, into)) {
      into.serverFault = step.serverFault;
      continue;
    }
    const before = index + 1 < end || policyIsDue ? { ...into } : null;
    takeStep(input, step, into, had, trace);
    if (before !== null) had = [...had, before];
  }
  if (policyStep !== null && policyIsDue) takePolicyStep(policyStep, into, trace);
  return into;
}

const none: Had[] = [];

/** The class as it was when so many steps had been accepted; withdrawn ones were never there. */
function begin(into: FoldedDue, steps: readonly Step[], count: number): void {
  into.severity = 'low';
  into.serverFault = false;
  for (let index = count - 1; index >= 0; index -= 1) {
    const step = steps[index];
    if (step === undefined || step.withdrawn) continue;
    into.severity = step.severity;
    into.serverFault = step.serverFault;
    return;
  }
}

function takeStep(
  input: FoldInput,
  step: Step,
  current: FoldedDue,
  had: readonly Had[],
  trace: TraceStep[] | null,
): void {
  const from = current.severity;
  const wasDueAt = current.dueAt;
  const raised = isRaise(step, current);
  const by = raised ? raise(input, step, current, had) : lower(input, step, current);
  if (current.dueAt !== wasDueAt) current.dueSetAt = step.at;
  current.severity = step.severity;
  current.serverFault = step.serverFault;
  trace?.push({
    rule: 'C10',
    at: step.at,
    dueAt: finite(current.dueAt),
    what: {
      kind: 'reclassified',
      agentId: step.agentId,
      from,
      to: step.severity,
      calendar: calendarFor(input.policy, step),
      raised,
      by,
      asked: by === 'asked' ? askedFor(input, step, current.dueAt) : null,
    },
  });
}

/** The asked-for severity that made the due. */
function askedFor(
  { facts, policy, fromAt }: FoldInput,
  step: Step,
  dueAt: number,
): Severity | null {
  const made = facts.asked.slice(0, step.afterAsked).find(({ severity, at }) => {
    const given = { severity, serverFault: step.serverFault };
    return (
      !isAbove(severity, step.severity) &&
      dueForClass(policy, given, Math.max(fromAt, at)) === dueAt
    );
  });
  return made?.severity ?? null;
}

/** The mark of a server fault changes nothing where the policy does not mind it (C15). */
function isSameCounting(policy: CompiledPolicy, step: Class, current: Class): boolean {
  return (
    step.severity === current.severity && calendarFor(policy, step) === calendarFor(policy, current)
  );
}

/** Raised is a worse severity, or the same one now known as a server fault. */
function isRaise(step: Class, current: Class): boolean {
  return step.severity === current.severity
    ? step.serverFault
    : isAbove(step.severity, current.severity);
}

/** The later of the due it has and the new target from the origin. */
function lower({ policy, fromAt }: FoldInput, step: Step, current: FoldedDue): ChangeBy {
  const fromOrigin = dueForClass(policy, step, fromAt);
  if (policy.document.onSeverityChange === 'fair' && fromOrigin <= current.dueAt) return 'kept';
  current.dueAt = fromOrigin;
  return 'origin';
}

/** The earliest of what C10 lists, unless it is past already; never before the change. */
function raise(
  { facts, policy, fromAt }: FoldInput,
  step: Step,
  current: FoldedDue,
  had: readonly Had[],
): ChangeBy {
  const fromOrigin = dueForClass(policy, step, fromAt);
  if (policy.document.onSeverityChange === 'from-origin') {
    current.dueAt = fromOrigin;
    return 'origin';
  }
  // At exactly the due is met (C6), so only an earlier due is past.
  if (current.dueAt < step.at) return 'past';
  let by: ChangeBy = 'kept';
  const fromChange = dueForClass(policy, step, step.at);
  if (fromChange < current.dueAt) {
    current.dueAt = fromChange;
    by = 'change';
  }
  for (let index = 0; index < step.afterAsked; index += 1) {
    const asked = facts.asked[index];
    if (asked === undefined || isAbove(asked.severity, step.severity)) continue;
    const given = { severity: asked.severity, serverFault: step.serverFault };
    const fromAsked = dueForClass(policy, given, Math.max(fromAt, asked.at));
    if (fromAsked >= current.dueAt) continue;
    current.dueAt = fromAsked;
    by = 'asked';
  }
  for (const each of had) {
    if (!isNotAbove(policy, each, step) || each.dueAt >= current.dueAt) continue;
    current.dueAt = each.dueAt;
    by = 'had';
  }
  // Begun above it and lowered below it on the way: no later than lowered to it at once (decision 0014).
  const [first] = had;
  const loweredAtOnce =
    first !== undefined && isAbove(first.severity, step.severity)
      ? Math.max(first.dueAt, fromOrigin)
      : Number.POSITIVE_INFINITY;
  if (loweredAtOnce < current.dueAt) {
    current.dueAt = loweredAtOnce;
    by = 'origin';
  }
  if (current.dueAt >= step.at) return by;
  current.dueAt = step.at;
  return 'at-change';
}

/** Is a class that the clock was in none that promised more than the new one? */
function isNotAbove(policy: CompiledPolicy, each: Class, step: Class): boolean {
  return (
    !isAbove(each.severity, step.severity) &&
    (calendarFor(policy, each) === 'business' || calendarFor(policy, step) === 'always')
  );
}

function takePolicyStep(
  { at, dueAt }: PolicyStep,
  current: FoldedDue,
  trace: TraceStep[] | null,
): void {
  current.dueAt = dueAt;
  current.dueSetAt = at;
  trace?.push(policyTrace(at, dueAt));
}

/** The step of C14 in words for machines: kept at the change, or left where it was past already. */
export function policyTrace(at: number, dueAt: number): TraceStep {
  return {
    rule: 'C14',
    at,
    dueAt,
    what: { kind: 'policy', by: dueAt < at ? 'old-due' : 'at-change' },
  };
}

/** Beyond the policy's day table no due is known (C15). */
export function finite(dueAt: number): number | null {
  return Number.isFinite(dueAt) ? dueAt : null;
}
