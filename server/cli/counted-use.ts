import type { TicketClock } from '../../shared/policy/clock.ts';
import { countedOn } from '../../shared/policy/compiled-policy.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';

/**
 * Counted ms that a clock has used by an instant, or by its end, and what is left to its due: negative past it, null
 * where nothing is owed any more or the due is not known. Left goes by the due, which severity changes move (C10), so
 * the two need not add up to the target.
 */
export function countedUse(
  clock: TicketClock,
  head: TicketHead,
  policy: CompiledPolicy,
  at: number,
): { usedMs: number; leftMs: number | null } {
  const { id, state, calendar, fromAt, dueAt, endedAt, targetMs } = clock;
  const counted = (from: number, to: number) => countedOn(policy, calendar, from, to);
  const untilAt = endedAt ?? restsSince(clock) ?? at;
  let usedMs = counted(fromAt, untilAt);
  if (id === 'C4')
    for (const pause of head.updatePauses)
      usedMs -= counted(
        Math.max(fromAt, pause.fromAt),
        Math.min(untilAt, pause.toAt ?? Number.POSITIVE_INFINITY),
      );
  if (state === 'paused') return { usedMs, leftMs: targetMs - usedMs };
  const isOwed = state === 'running' || state === 'suspended';
  if (!isOwed || dueAt === null || !Number.isFinite(dueAt)) return { usedMs, leftMs: null };
  return { usedMs, leftMs: dueAt >= at ? counted(at, dueAt) : -counted(dueAt, at) };
}

/** Since when a clock that has no end does not count any more. */
function restsSince({ trace }: TicketClock): number | null {
  const last = trace.at(-1);
  const kind = last?.what.kind;
  if (last === undefined) return null;
  return kind === 'stopped' || kind === 'suspended' || kind === 'excused' ? last.at : null;
}
