import type { PolicyStep, TicketHead } from '../tickets/head.ts';
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
 * A ticket on which clocks go on that did not run, or not so, when the rules in force replaced those before: a closing,
 * a "no reply needed", a conversion or a category was taken back. It gets the steps that the change would have
 * written, had they run; where the change left a due alone it stays (C14). The same object where there are none.
 */
export function caughtUp(
  head: TicketHead,
  before: CompiledPolicy,
  policy: CompiledPolicy,
): TicketHead {
  const { rules, rulesAt } = policy;
  const known = head.policySteps.filter((step) => step.rules === rules);
  const missing = adoptPolicy(withoutSteps(head, rules), before, policy, rulesAt)
    .head.policySteps.filter((step) => step.rules === rules)
    .filter((step) => step.run.fromAt < rulesAt && !known.some((each) => isSameStep(each, step)))
    // Their place in the fold is where the change was.
    .map((step) => ({
      ...step,
      afterSteps: head.severitySteps.filter(({ at }) => at <= rulesAt).length,
      afterAsked: head.asked.filter(({ at }) => at <= rulesAt).length,
    }));
  return withSteps(head, missing);
}

function withoutSteps(head: TicketHead, rules: number): TicketHead {
  return { ...head, policySteps: head.policySteps.filter((step) => step.rules !== rules) };
}

function isSameStep(a: PolicyStep, b: PolicyStep): boolean {
  return a.clock === b.clock && isSameRun(a.run, b.run);
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
