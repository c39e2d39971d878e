import type { Miss, TicketHead } from '../tickets/head.ts';
import { isSameRun } from '../tickets/runs.ts';
import { clockIds } from './clock-id.ts';
import { clockOf } from './clocks.ts';
import { countedOn } from './compiled-policy.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { reckonAs, stateOf } from './reckon.ts';

/**
 * The misses to record at an instant (C11): one for each running clock whose due is past and whose run has none
 * yet. `at` is desk time in ms since epoch. At exactly the due is met (C6).
 */
export function settle(facts: TicketHead, policy: CompiledPolicy, at: number): Miss[] {
  return clockIds.flatMap((id) => {
    const stands = stateOf(facts, policy, id);
    if (stands?.state !== 'running') return [];
    const reckoned = reckonAs(facts, policy, id, stands, null);
    const { dueAt, run, severity, calendar } = reckoned;
    if (reckoned.state !== 'running' || dueAt === null || dueAt >= at) return [];
    if (facts.misses.some((miss) => miss.clock === id && isSameRun(miss.run, run))) return [];
    const trace = [...(clockOf(facts, policy, id)?.trace ?? [])];
    return [{ clock: id, run, dueAt, severity, calendar, trace, endedAt: null, late: null }];
  });
}

/**
 * The head with the misses of `settle` recorded, and the lateness of those that have ended added (C11); the same
 * object where there is nothing to record. The desk calls it before a command takes effect, and after.
 */
export function settled(facts: TicketHead, policy: CompiledPolicy, at: number): TicketHead {
  const missed = settle(facts, policy, at);
  const isLateKnown = facts.misses.every(
    (miss) => (miss.endedAt === null) === (miss.late === null),
  );
  if (missed.length === 0 && isLateKnown) return facts;
  return {
    ...facts,
    misses: [...facts.misses.map((miss) => withLateness(miss, policy)), ...missed],
  };
}

function withLateness(miss: Miss, policy: CompiledPolicy): Miss {
  const { endedAt, dueAt, calendar } = miss;
  if (endedAt === null || miss.late !== null) return miss;
  const late = {
    wallMs: Math.max(0, endedAt - dueAt),
    countedMs: countedOn(policy, calendar, dueAt, endedAt),
  };
  return { ...miss, late };
}
