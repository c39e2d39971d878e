import type { PolicyStep, Run, TicketHead } from '../tickets/head.ts';
import { isSameRun } from '../tickets/runs.ts';
import { resumeUpdates } from '../tickets/thread.ts';
import { clockIds } from './clock-id.ts';
import type { ClockId } from './clock-id.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { reckon } from './reckon.ts';
import type { Reckoned } from './reckon.ts';
import type { Severity } from './severity.ts';

/** A running clock whose due another policy puts elsewhere; null where there is none under that policy. */
export type DueMove = {
  clock: ClockId;
  severity: Severity;
  fromAt: number | null;
  toAt: number | null;
};

/**
 * What a ticket becomes when `after` replaces `before` at an instant (C14): where that would put a due before the
 * change, a step of the fold keeps it at the change, or where it was if it was past already. The head is to be
 * settled by the old policy first (C11); it is the same object where no step is needed. ms since epoch.
 */
export function adoptPolicy(
  head: TicketHead,
  before: CompiledPolicy,
  after: CompiledPolicy,
  at: number,
): { head: TicketHead; moves: DueMove[] } {
  const steps: PolicyStep[] = [];
  const moves: DueMove[] = [];
  // While paused C4 has no due: it is kept from what it would be if it went on now.
  const goingOn = { ...head, updatePauses: resumeUpdates(head, at) };
  for (const clock of clockIds) {
    const old = unmet(reckon(goingOn, before, clock));
    const next = unmet(reckon(goingOn, after, clock));
    const fromAt = old?.dueAt ?? null;
    let toAt = next?.dueAt ?? null;
    if (next !== null && toAt !== null && toAt < at && toAt !== fromAt) {
      toAt = fromAt !== null && fromAt < at ? fromAt : at;
      steps.push(policyStep(head, { clock, run: next.run, rules: after.rules, at, dueAt: toAt }));
    }
    const isPaused = clock === 'C4' && head.status.value !== 'open';
    if (!isPaused && (next ?? old)?.state === 'running' && toAt !== fromAt) {
      const severity = (next ?? old)?.severity ?? head.severity.value;
      moves.push({ clock, severity, fromAt, toAt });
    }
  }
  return { head: withSteps(head, steps), moves };
}

/**
 * A ticket on which clocks go on that no change of policy could reach: a closing, or a "no reply needed", was taken
 * back. Where the rules came into force meanwhile, no due lies before that, unless it was missed then (C14).
 */
export function keptFromPast(head: TicketHead, policy: CompiledPolicy): TicketHead {
  const { rules, rulesAt } = policy;
  const steps = clockIds.flatMap((clock): PolicyStep[] => {
    const current = unmet(reckon(head, policy, clock));
    const dueNow = current?.dueAt ?? null;
    if (current === null || dueNow === null || dueNow >= rulesAt) return [];
    const { run } = current;
    const isOwn = (each: { clock: ClockId; run: Run }) =>
      each.clock === clock && isSameRun(each.run, run);
    if (run.fromAt >= rulesAt) return [];
    if (head.policySteps.some((step) => step.rules === rules && isOwn(step))) return [];
    const missedDueAt = head.misses.find(isOwn)?.dueAt ?? rulesAt;
    const dueAt = Math.min(missedDueAt, rulesAt);
    return [policyStep(head, { clock, run, rules, at: rulesAt, dueAt })];
  });
  return withSteps(head, steps);
}

function policyStep(
  head: TicketHead,
  given: Omit<PolicyStep, 'afterSteps' | 'afterAsked'>,
): PolicyStep {
  const { severitySteps, asked } = head;
  return { ...given, afterSteps: severitySteps.length, afterAsked: asked.length };
}

/** Those of earlier rules stay: consoles that do not have the new ones yet count by them. */
function withSteps(head: TicketHead, steps: readonly PolicyStep[]): TicketHead {
  return steps.length === 0 ? head : { ...head, policySteps: [...head.policySteps, ...steps] };
}

/** A clock that still waits for its end; one that is suspended or stopped may go on later. */
function unmet(clock: Reckoned | null): Reckoned | null {
  if (clock === null || clock.state === 'ended' || clock.state === 'excused') return null;
  return clock;
}
