import type { TicketClock } from '../../../shared/policy/clock.ts';
import type { CompiledPolicy } from '../../../shared/policy/compiled-policy.ts';
import { bands } from '../../../shared/policy/urgency.ts';
import { clockBand } from './clock-words.ts';

/** A clock that is shown, with the other of C1 and C2 where both are due at once (C2). */
export type CardClock = { clock: TicketClock; twin: TicketClock | null };

/** The clocks that run, the one that binds first (U2); of C1 and C2 with equal dues only the lower number. */
export function cardClocks(
  clocks: readonly TicketClock[],
  policy: CompiledPolicy,
  now: number,
): CardClock[] {
  const running = clocks.filter(({ state, dueAt }) => state === 'running' && dueAt !== null);
  const response = running.find(({ id }) => id === 'C1');
  const contact = running.find(({ id }) => id === 'C2');
  const twin =
    response !== undefined && contact !== undefined && response.dueAt === contact.dueAt
      ? contact
      : null;
  const rank = (clock: TicketClock): number => bands.indexOf(clockBand(clock, policy, now));
  return running
    .filter((clock) => clock !== twin)
    .toSorted(
      (a, b) =>
        rank(a) - rank(b) ||
        Number(a.id === 'C4') - Number(b.id === 'C4') ||
        compareDues(a.dueAt ?? 0, b.dueAt ?? 0) ||
        (a.id < b.id ? -1 : 1),
    )
    .map((clock) => ({ clock, twin: clock.id === 'C1' ? twin : null }));
}

/** Two dues beyond the table have no difference. */
function compareDues(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
