import type { PolicyStep, TicketHead } from '../tickets/head.ts';
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
      steps.push({
        clock,
        run: next.run,
        rules: after.rules,
        at,
        afterSteps: head.severitySteps.length,
        afterAsked: head.asked.length,
        dueAt: toAt,
      });
    }
    const isPaused = clock === 'C4' && head.status.value !== 'open';
    if (!isPaused && (next ?? old)?.state === 'running' && toAt !== fromAt) {
      const severity = (next ?? old)?.severity ?? head.severity.value;
      moves.push({ clock, severity, fromAt, toAt });
    }
  }
  if (steps.length === 0) return { head, moves };
  // Those of earlier rules stay: consoles that do not have the new ones yet count by them.
  return { head: { ...head, policySteps: [...head.policySteps, ...steps] }, moves };
}

/** A clock that still waits for its end; one that is suspended or stopped may go on later. */
function unmet(clock: Reckoned | null): Reckoned | null {
  if (clock === null || clock.state === 'ended' || clock.state === 'excused') return null;
  return clock;
}
