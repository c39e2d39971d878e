import type { TicketClock } from '../../shared/policy/clock.ts';
import { clocks } from '../../shared/policy/clocks.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { flagsOf } from '../../shared/policy/flags.ts';
import type { PolicyFlag } from '../../shared/policy/flags.ts';
import { previewActions } from '../../shared/policy/preview.ts';
import type { ClockChange } from '../../shared/policy/preview.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { apply } from '../../shared/tickets/apply.ts';
import type { ApplyContext } from '../../shared/tickets/apply-context.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import type { QueueItem } from './queue.ts';

/** What some actions would do, were the desk to take them in at `at`. An estimate (C16). */
export type ChangePreview = {
  /** Desk time, ms. */
  at: number;
  /** Every clock that runs or changes, by number; those that stay are the same before and after. */
  effects: readonly ClockChange[];
  /** The flags of P3 that the ticket would have and has not now. */
  flags: readonly PolicyFlag[];
  /** Why the desk would refuse it; null where it would not. */
  refusal: string | null;
  /** It counts queued changes of this console on the ticket as taken in. */
  queued: boolean;
};

/** Who asks, by what rules, when. */
export type PreviewBy = { agent: Agent; policy: CompiledPolicy; at: number };

/**
 * It stands on the ticket with this console's queued changes, since the desk takes those first: on what it confirmed
 * alone, a second change of severity would show a due that it never gets.
 */
export function previewChange(
  { shown: head, view }: Pick<QueueItem, 'shown' | 'view'>,
  actions: readonly Action[],
  { agent, policy, at }: PreviewBy,
): ChangePreview {
  const queued = view !== null;
  const context: ApplyContext = {
    version: head.version,
    acceptedAt: at,
    writtenAt: at,
    agentId: agent.id,
    agentName: agent.name,
    role: agent.role,
    consoleId: 'preview',
    commandId: 'preview',
  };
  const changes = previewActions(head, actions, context, policy);
  if (!changes.ok) return { at, queued, effects: [], flags: [], refusal: changes.error.message };
  const had = flagsOf(head);
  return {
    at,
    queued,
    effects: withUnchanged(changes.value.filter(matters), head, policy),
    flags: flagsOf(after(head, actions, context)).filter((flag) => !had.includes(flag)),
    refusal: null,
  };
}

/** A clock that has ended and is then none, or the other way round, owes nothing before or after. */
function matters({ before, after }: ClockChange): boolean {
  return isOwed(before) || isOwed(after);
}

function isOwed(clock: TicketClock | null): boolean {
  return clock !== null && clock.state !== 'ended';
}

function withUnchanged(
  changes: readonly ClockChange[],
  head: TicketHead,
  policy: CompiledPolicy,
): ClockChange[] {
  const stay = clocks(head, policy)
    .filter(({ id, state }) => state === 'running' && !changes.some((each) => each.id === id))
    .map((clock): ClockChange => ({ id: clock.id, before: clock, after: clock }));
  return [...changes, ...stay].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function after(head: TicketHead, actions: readonly Action[], context: ApplyContext): TicketHead {
  return actions.reduce((on, action) => {
    const applied = apply(on, action, context);
    return applied.ok ? applied.value.head : on;
  }, head);
}
