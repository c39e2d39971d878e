import { clockIds } from '../../shared/policy/clock-id.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { reckonAs, stateOf } from '../../shared/policy/reckon.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { isSameRun } from '../../shared/tickets/runs.ts';

/**
 * The first instant at which `settle` finds a miss to record (C11), ms since epoch; null where there is none.
 * At exactly the due is met (C6), so it is a millisecond later. No reasons are made: it runs for every row saved.
 */
export function nextMissAt(head: TicketHead, policy: CompiledPolicy): number | null {
  let earliest = Number.POSITIVE_INFINITY;
  for (const id of clockIds) {
    const stands = stateOf(head, policy, id);
    if (stands?.state !== 'running') continue;
    if (head.misses.some((miss) => miss.clock === id && isSameRun(miss.run, stands.run))) continue;
    const { state, dueAt } = reckonAs(head, policy, id, stands, null);
    if (state === 'running' && dueAt !== null) earliest = Math.min(earliest, dueAt);
  }
  return Number.isFinite(earliest) ? Math.floor(earliest) + 1 : null;
}
