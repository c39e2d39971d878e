import { clocks } from '../../shared/policy/clocks.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';

/**
 * The first instant at which `settle` finds a miss to record (C11), ms since epoch; null where there is none.
 * At exactly the due is met (C6), so it is a millisecond later.
 */
export function nextMissAt(head: TicketHead, policy: CompiledPolicy): number | null {
  let earliest = Number.POSITIVE_INFINITY;
  for (const clock of clocks(head, policy)) {
    if (clock.state !== 'running' || clock.missedDueAt !== null || clock.dueAt === null) continue;
    earliest = Math.min(earliest, clock.dueAt);
  }
  return Number.isFinite(earliest) ? Math.floor(earliest) + 1 : null;
}
