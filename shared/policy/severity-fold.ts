import type { PolicyStep, TicketHead } from '../tickets/head.ts';
import { calendarFor, dueForClass } from './compiled-policy.ts';
import type { Class, CompiledPolicy } from './compiled-policy.ts';
import { isAbove } from './severity.ts';
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
 * gain time, and a due that is past never moves on a raise. `trace` takes a step for each change.
 */
export function foldSeverity(input: FoldInput, trace: TraceStep[] | null): FoldedDue {
  const { facts, policy, fromAt, fromStep, policyStep } = input;
  const steps = facts.severitySteps;
  const end = input.endStep ?? steps.length;
  const current: FoldedDue = { ...classBefore(steps, fromStep), dueAt: 0, dueSetAt: fromAt };
  current.dueAt = dueForClass(policy, current, fromAt);
  if (end <= fromStep && policyStep === null) return current;

  const had: Had[] = [{ ...current }];
  let policyIsDue = policyStep !== null;
  for (let index = fromStep; index < end; index += 1) {
    if (policyStep !== null && policyIsDue && policyStep.afterSteps <= index) {
      takePolicyStep(policyStep, current, had, trace);
      policyIsDue = false;
    }
    const step = steps[index];
    if (step === undefined || step.withdrawn) continue;
    if (isSameCounting(policy, step, current)) current.serverFault = step.serverFault;
    else takeStep(input, step, { current, had, trace });
  }
  if (policyStep !== null && policyIsDue) takePolicyStep(policyStep, current, had, trace);
  return current;
}

/** The class as it was when so many steps had been accepted; withdrawn ones were never there. */
function classBefore(steps: readonly Step[], count: number): Class {
  for (let index = count - 1; index >= 0; index -= 1) {
    const step = steps[index];
    if (step !== undefined && !step.withdrawn)
      return { severity: step.severity, serverFault: step.serverFault };
  }
  return { severity: 'low', serverFault: false };
}

type Folding = { current: FoldedDue; had: Had[]; trace: TraceStep[] | null };

function takeStep(input: FoldInput, step: Step, { current, had, trace }: Folding): void {
  const from = current.severity;
  const raised = isRaise(step, current);
  const { dueAt, by } = changedDue(input, step, { current, had, raised });
  if (dueAt !== current.dueAt) current.dueSetAt = step.at;
  current.severity = step.severity;
  current.serverFault = step.serverFault;
  current.dueAt = dueAt;
  had.push({ ...current });
  trace?.push({
    rule: 'C10',
    at: step.at,
    dueAt: finite(dueAt),
    what: {
      kind: 'reclassified',
      agentId: step.agentId,
      from,
      to: step.severity,
      calendar: calendarFor(input.policy, step),
      raised,
      by,
    },
  });
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

function changedDue(
  { facts, policy, fromAt }: FoldInput,
  step: Step,
  { current, had, raised }: { current: FoldedDue; had: readonly Had[]; raised: boolean },
): { dueAt: number; by: ChangeBy } {
  const fromOrigin = dueForClass(policy, step, fromAt);
  if (policy.document.onSeverityChange === 'from-origin')
    return { dueAt: fromOrigin, by: 'origin' };
  if (!raised)
    return fromOrigin > current.dueAt
      ? { dueAt: fromOrigin, by: 'origin' }
      : { dueAt: current.dueAt, by: 'kept' };
  // At exactly the due is met (C6), so only an earlier due is past.
  if (current.dueAt < step.at) return { dueAt: current.dueAt, by: 'past' };

  let dueAt = current.dueAt;
  let by: ChangeBy = 'kept';
  const offer = (candidateAt: number, as: ChangeBy): void => {
    if (candidateAt >= dueAt) return;
    dueAt = candidateAt;
    by = as;
  };
  offer(dueForClass(policy, step, step.at), 'change');
  for (const each of facts.asked.slice(0, step.afterAsked)) {
    if (isAbove(each.severity, step.severity)) continue;
    const asked = { severity: each.severity, serverFault: step.serverFault };
    offer(dueForClass(policy, asked, Math.max(fromAt, each.at)), 'asked');
  }
  for (const each of had) if (isNotAbove(each, step)) offer(each.dueAt, 'had');
  // Begun above it and lowered below it on the way: no later than lowered to it at once (decision 0014).
  const [first] = had;
  if (first !== undefined && isAbove(first.severity, step.severity))
    offer(Math.max(first.dueAt, fromOrigin), 'origin');
  return dueAt < step.at ? { dueAt: step.at, by: 'at-change' } : { dueAt, by };
}

/** Is a class that the clock was in none that promised more than the new one? */
function isNotAbove(each: Class, step: Class): boolean {
  return (
    !isAbove(each.severity, step.severity) &&
    (!each.serverFault || step.serverFault || step.severity === 'critical')
  );
}

function takePolicyStep(
  { at, dueAt }: PolicyStep,
  current: FoldedDue,
  had: Had[],
  trace: TraceStep[] | null,
): void {
  current.dueAt = dueAt;
  current.dueSetAt = at;
  had.push({ ...current });
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
