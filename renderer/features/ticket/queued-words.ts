import type { TicketClock } from '../../../shared/policy/clock.ts';
import type { Command } from '../../../shared/tickets/command.ts';
import { mustNotMissMessages } from '../../../shared/tickets/decide.ts';
import { dueWords } from '../../marks/effect-words.ts';
import { actionWords } from '../../words.ts';

/** C6, C16: a queued change ends no clock; what it would do is said as an estimate. Null where it does nothing. */
export function queuedWords(
  clock: TicketClock,
  /** The same clock with this console's queued changes; null where they end it for good. */
  estimate: TicketClock | null,
  pending: readonly Command[],
  when: (at: number) => string,
): string | null {
  const last = pending.at(-1);
  if (last === undefined) return null;
  if (estimate?.state !== 'running') {
    const ending = pending.findLast(({ action }) => mustNotMissMessages(action)) ?? last;
    const { kind } = ending.action;
    const what = kind === 'reply' ? 'reply' : `“${actionWords[kind]}”`;
    return `Your ${what} of ${when(ending.writtenAt)} is queued: still counting`;
  }
  if (estimate.dueAt !== clock.dueAt)
    return `With your queued change: due ${dueWords(estimate.dueAt, when)}, an estimate`;
  return null;
}
