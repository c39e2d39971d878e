import { clockIds } from '../../shared/policy/clock-id.ts';
import type { ClockId } from '../../shared/policy/clock-id.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { adoptPolicy } from '../../shared/policy/policy-change.ts';
import type { DueMove } from '../../shared/policy/policy-change.ts';
import { settled } from '../../shared/policy/settle.ts';
import { urgencyOf } from '../../shared/policy/urgency.ts';
import type { PolicyEffect } from '../../shared/protocol/policy-edit.ts';
import { isOpen } from '../../shared/tickets/fields.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';

const MOST_EXAMPLES = 50;

export type MovedDue = DueMove & { reference: string };

/** Goes through tickets one by one, for a preview and for the change itself: both say the same. */
export type PolicyAdoption = {
  /** The ticket as it is under the new rules, misses by the old ones recorded; the same object where nothing changes. */
  adopt: (head: TicketHead) => TicketHead;
  effect: () => PolicyEffect;
  /** Every due that moved. */
  moved: readonly MovedDue[];
};

/** What `after` does to tickets when it replaces `before` at an instant (C11, C14), ms since epoch. */
export function policyAdoption(
  before: CompiledPolicy,
  after: CompiledPolicy,
  at: number,
): PolicyAdoption {
  const moved: MovedDue[] = [];
  const sizes = new Map<ClockId, number[]>();
  const byClock = new Map(
    clockIds.map((clock) => [clock, { clock, earlier: 0, later: 0, begins: 0, ends: 0 }]),
  );
  const counts = { openTickets: 0, changedTickets: 0 };
  const bands = { overdueBefore: 0, overdueAfter: 0, atRiskBefore: 0, atRiskAfter: 0 };
  const examples: PolicyEffect['examples'] = [];

  const count = (head: TicketHead, move: DueMove): void => {
    const { clock, fromAt, toAt } = move;
    moved.push({ ...move, reference: head.reference });
    const entry = byClock.get(clock);
    if (entry === undefined) return;
    if (fromAt === null) entry.begins += 1;
    else if (toAt === null) entry.ends += 1;
    else {
      entry[toAt < fromAt ? 'earlier' : 'later'] += 1;
      const known = sizes.get(clock) ?? [];
      known.push(Math.abs(toAt - fromAt));
      sizes.set(clock, known);
    }
    keepLargest(examples, { ticketId: head.id, reference: head.reference, ...move });
  };

  return {
    moved,
    adopt: (stored) => {
      const head = settled(stored, before, at);
      const adopted = adoptPolicy(head, before, after, at);
      if (!isOpen(head.status.value)) return adopted.head;
      counts.openTickets += 1;
      if (adopted.moves.length > 0) counts.changedTickets += 1;
      for (const move of adopted.moves) count(head, move);
      // A moment later: what is kept from falling before the change is due at it, and overdue from then on.
      const [was, is] = [urgencyOf(head, before, at + 1), urgencyOf(adopted.head, after, at + 1)];
      if (was.band === 'overdue') bands.overdueBefore += 1;
      if (was.band === 'at-risk') bands.atRiskBefore += 1;
      if (is.band === 'overdue') bands.overdueAfter += 1;
      if (is.band === 'at-risk') bands.atRiskAfter += 1;
      return adopted.head;
    },
    effect: () => ({
      at,
      ...counts,
      ...bands,
      byClock: [...byClock.values()].map((each) => {
        const moves = (sizes.get(each.clock) ?? []).toSorted((a, b) => a - b);
        return {
          ...each,
          medianMoveMs: moves[Math.floor(moves.length / 2)] ?? 0,
          largestMoveMs: moves.at(-1) ?? 0,
        };
      }),
      examples: [...examples],
    }),
  };
}

type Example = PolicyEffect['examples'][number];

/** Keeps the list at the largest moves, largest first; clocks that begin or end come after those that move. */
function keepLargest(examples: Example[], example: Example): void {
  const size = sizeOf(example);
  const last = examples.at(-1);
  if (examples.length === MOST_EXAMPLES && last !== undefined && sizeOf(last) >= size) return;
  let place = examples.length;
  while (place > 0 && sizeOf(examples[place - 1]) < size) place -= 1;
  examples.splice(place, 0, example);
  if (examples.length > MOST_EXAMPLES) examples.pop();
}

function sizeOf(example: Example | undefined): number {
  const { fromAt = null, toAt = null } = example ?? {};
  if (fromAt === null || toAt === null) return -1;
  return Math.abs(toAt - fromAt);
}
