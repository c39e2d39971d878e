import type { PolicyEffect } from '../../../shared/protocol/policy-edit.ts';
import { lengthWords } from '../../time-words.ts';
import { clockWords, counted } from '../../words.ts';

/** What new rules would do to the open tickets, in words (C14). */

export type ClockEffect = PolicyEffect['byClock'][number];
export type EffectExample = PolicyEffect['examples'][number];

export function effectHeadline({ changedTickets, openTickets }: PolicyEffect): string {
  if (openTickets === 0) return 'There is no open ticket that could change.';
  if (changedTickets === 0) return `None of the ${counted(openTickets, 'open ticket')} changes.`;
  return `${changedTickets.toLocaleString('en')} of ${counted(openTickets, 'open ticket')} ${
    changedTickets === 1 ? 'changes' : 'change'
  }.`;
}

/** The same, with what presses most: what becomes overdue by it. */
export function effectSummary(effect: PolicyEffect): string {
  const more = effect.overdueAfter - effect.overdueBefore;
  const overdue =
    more > 0 ? ` ${more.toLocaleString('en')} more ${more === 1 ? 'is' : 'are'} overdue then.` : '';
  return `${effectHeadline(effect)}${overdue}`;
}

export function clockName(clock: ClockEffect['clock']): string {
  const words = clockWords[clock];
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** `8 earlier, 2 later, 1 begins`; null where nothing happens to this clock. */
export function clockCounts({ earlier, later, begins, ends }: ClockEffect): string | null {
  const parts = [
    ...some(earlier, 'earlier'),
    ...some(later, 'later'),
    ...some(begins, begins === 1 ? 'begins' : 'begin'),
    ...some(ends, ends === 1 ? 'ends' : 'end'),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

/** By how much the dues of a clock move; null where none moves. */
export function clockMoves(effect: ClockEffect): string | null {
  const { earlier, later, medianMoveMs, largestMoveMs } = effect;
  if (earlier + later === 0) return null;
  if (earlier + later === 1 || medianMoveMs === largestMoveMs)
    return `by ${lengthWords(largestMoveMs)}`;
  return `typically by ${lengthWords(medianMoveMs)}, at most ${lengthWords(largestMoveMs)}`;
}

/** `7 → 9, 2 more`, or `7, as before`. */
export function beforeAfter(before: number, after: number): string {
  return before === after
    ? `${before.toLocaleString('en')}, as before`
    : `${before.toLocaleString('en')} → ${after.toLocaleString('en')}, ${Math.abs(
        after - before,
      ).toLocaleString('en')} ${after > before ? 'more' : 'fewer'}`;
}

/** One ticket's move, such as `Wed 12:37 → Tue 12:37, 24 h earlier`. */
export function moveWords(
  { fromAt, toAt }: Pick<EffectExample, 'fromAt' | 'toAt'>,
  when: (at: number) => string,
): string {
  // A time alone is today's; beside another day's it must say so.
  const said = (at: number): string => when(at).replace(/^(\d\d:\d\d)$/, 'today $1');
  if (fromAt === null) return toAt === null ? 'no due' : `begins, due ${said(toAt)}`;
  if (toAt === null) return `ends; was due ${said(fromAt)}`;
  const size = lengthWords(Math.abs(toAt - fromAt));
  return `${said(fromAt)} → ${said(toAt)}, ${size} ${toAt < fromAt ? 'earlier' : 'later'}`;
}

function some(count: number, word: string): string[] {
  return count === 0 ? [] : [`${count.toLocaleString('en')} ${word}`];
}
