import type { Miss, TicketHead } from '../tickets/head.ts';
import { clocks } from './clocks.ts';
import type { CompiledPolicy } from './compiled-policy.ts';

/**
 * The misses to record at an instant (C11): one for each running clock whose due is past and whose run has none
 * yet. `at` is desk time in ms since epoch. At exactly the due is met (C6).
 */
export function settle(facts: TicketHead, policy: CompiledPolicy, at: number): Miss[] {
  return clocks(facts, policy)
    .filter((clock) => clock.state === 'running' && clock.missedDueAt === null)
    .flatMap((clock) =>
      clock.dueAt !== null && clock.dueAt < at
        ? [
            {
              clock: clock.id,
              runFromAt: clock.fromAt,
              dueAt: clock.dueAt,
              severity: clock.severity,
              endedAt: null,
            },
          ]
        : [],
    );
}

/** The head with the misses of `settle` recorded; the same object where there are none. */
export function settled(facts: TicketHead, policy: CompiledPolicy, at: number): TicketHead {
  const missed = settle(facts, policy, at);
  return missed.length === 0 ? facts : { ...facts, misses: [...facts.misses, ...missed] };
}
