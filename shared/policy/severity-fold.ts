import type { TicketHead } from '../tickets/head.ts';
import type { TraceStep } from './clock.ts';
import { dueForSeverity } from './compiled-policy.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { isAbove, severityRank } from './severity.ts';
import type { Severity } from './severity.ts';

/** What a clock's severity changes made of its due. */
export type FoldedDue = { severity: Severity; dueAt: number; trace: TraceStep[] };

/** A run of a clock: where it counts from, and which severity steps the desk accepted before and during it. */
export type Run = { fromAt: number; fromStep: number; endStep: number | null };

/**
 * Folds the severity changes over a run of C1 or C3 (C10), in the order the desk accepted them (C6): instants may
 * coincide, and a message can be received before a change that was accepted before it. No sequence of changes may
 * gain time, and a due that is past never moves on a raise.
 */
export function foldSeverity(
  facts: Pick<TicketHead, 'severitySteps' | 'asked'>,
  policy: CompiledPolicy,
  { fromAt, fromStep, endStep }: Run,
  startRule: string,
): FoldedDue {
  let severity = facts.severitySteps[fromStep - 1]?.severity ?? 'low';
  let dueAt = dueForSeverity(policy, severity, fromAt);
  const had: { severity: Severity; dueAt: number }[] = [{ severity, dueAt }];
  const trace: TraceStep[] = [{ rule: startRule, at: fromAt, text: `counts as ${severity}` }];
  for (const step of facts.severitySteps.slice(fromStep, endStep ?? undefined)) {
    if (step.severity === severity) continue;
    const raised = isAbove(step.severity, severity);
    const before = dueAt;
    dueAt = changedDue(facts, policy, fromAt, { ...step, raised, dueAt, had });
    severity = step.severity;
    had.push({ severity, dueAt });
    trace.push({
      rule: 'C10',
      at: step.at,
      text: `${raised ? 'raised' : 'lowered'} to ${severity}${dueAt === before ? ': the due stays' : ''}`,
    });
  }
  return { severity, dueAt, trace };
}

type Change = {
  severity: Severity;
  at: number;
  raised: boolean;
  dueAt: number;
  had: readonly { severity: Severity; dueAt: number }[];
};

function changedDue(
  facts: Pick<TicketHead, 'asked'>,
  policy: CompiledPolicy,
  fromAt: number,
  change: Change,
): number {
  const fromOrigin = dueForSeverity(policy, change.severity, fromAt);
  if (policy.document.onSeverityChange === 'from-origin') return fromOrigin;
  if (!change.raised) return Math.max(change.dueAt, fromOrigin);
  // At exactly the due is met (C6), so only an earlier due is past.
  if (change.dueAt < change.at) return change.dueAt;
  const notAbove = (other: Severity) => severityRank(other) >= severityRank(change.severity);
  const candidates = [
    change.dueAt,
    dueForSeverity(policy, change.severity, change.at),
    ...change.had.filter((each) => notAbove(each.severity)).map((each) => each.dueAt),
    ...facts.asked
      .filter((each) => notAbove(each.severity))
      .map((each) => dueForSeverity(policy, each.severity, Math.max(fromAt, each.at))),
  ];
  return Math.max(Math.min(...candidates), change.at);
}
