import { ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { apply } from '../tickets/apply.ts';
import type { ApplyContext } from '../tickets/apply-context.ts';
import type { Action } from '../tickets/command.ts';
import type { TicketHead } from '../tickets/head.ts';
import type { Refusal } from '../tickets/outcome.ts';
import { clockIds } from './clock-id.ts';
import type { ClockId } from './clock-id.ts';
import type { TicketClock } from './clock.ts';
import { clockOf } from './clocks.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { settled } from './settle.ts';

/** What an action would do to one clock; null where the ticket has no such clock before, or after. */
export type ClockChange = { id: ClockId; before: TicketClock | null; after: TicketClock | null };

/**
 * What actions would do to a ticket's clocks, one after the other, were the desk to accept them now (C10, C12, W5).
 * An estimate: the desk decides on the ticket as it is then. Only clocks that change are listed.
 */
export function previewActions(
  head: TicketHead,
  actions: readonly Action[],
  context: ApplyContext,
  policy: CompiledPolicy,
): Result<ClockChange[], Refusal> {
  const before = settled(head, policy, context.acceptedAt);
  let after = before;
  for (const action of actions) {
    const applied = apply(after, action, context);
    if (!applied.ok) return applied;
    after = applied.value.head;
  }
  return ok(
    clockIds
      .map((id) => ({
        id,
        before: clockOf(before, policy, id),
        after: clockOf(after, policy, id),
      }))
      .filter(({ before: was, after: is }) => !isSame(was, is)),
  );
}

function isSame(a: TicketClock | null, b: TicketClock | null): boolean {
  return a?.state === b?.state && a?.dueAt === b?.dueAt && a?.fromAt === b?.fromAt;
}
