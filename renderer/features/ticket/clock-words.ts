import { unreachable } from '../../../shared/base/assert.ts';
import type { TicketClock } from '../../../shared/policy/clock.ts';
import { atRiskMs, countedOn } from '../../../shared/policy/compiled-policy.ts';
import type { CompiledPolicy } from '../../../shared/policy/compiled-policy.ts';
import type { Band } from '../../../shared/policy/urgency.ts';
import { lengthWords } from '../../time-words.ts';
import { clockWords } from '../../words.ts';

/** The band of one clock by itself (U1); C4 is never worse than at risk (U2). */
export function clockBand(clock: TicketClock, policy: CompiledPolicy, now: number): Band {
  if (clock.state !== 'running' || clock.dueAt === null) return 'no-clock';
  if (clock.dueAt < now) return clock.id === 'C4' ? 'at-risk' : 'overdue';
  return clock.dueAt - now <= atRiskMs(policy, clock.severity) ? 'at-risk' : 'on-track';
}

/** When the band of a clock next changes, ms; Infinity where time alone changes nothing. */
export function clockEdgeAt(clock: TicketClock, policy: CompiledPolicy, now: number): number {
  if (clock.dueAt === null || clock.dueAt < now) return Number.POSITIVE_INFINITY;
  const riskAt = clock.dueAt - atRiskMs(policy, clock.severity);
  return now < riskAt ? riskAt : clock.dueAt + 1;
}

/** How much of the clock is used, 0 to 1, in counted time (C8). */
export function usedShare(clock: TicketClock, policy: CompiledPolicy, now: number): number {
  if (clock.dueAt === null) return clock.targetMs === 0 ? 1 : clock.usedMs / clock.targetMs;
  if (now >= clock.dueAt) return 1;
  const usedMs = countedOn(policy, clock.calendar, clock.fromAt, now);
  const leftMs = countedOn(policy, clock.calendar, now, clock.dueAt);
  return usedMs + leftMs === 0 ? 0 : usedMs / (usedMs + leftMs);
}

/** `2 h, around the clock` or `24 counted hours, Mon–Sat`. */
export function targetWords(clock: TicketClock): string {
  return clock.calendar === 'always'
    ? `${lengthWords(clock.targetMs)}, around the clock`
    : `${lengthWords(clock.targetMs)} counted Mon–Sat`;
}

/** How a clock that does not run ended, or why it stands still. */
export function restingWords(clock: TicketClock): {
  tone: 'met' | 'missed' | 'rest';
  text: string;
} {
  const name = capital(clockWords[clock.id]);
  switch (clock.state) {
    case 'ended': {
      const late =
        clock.endedAt !== null && clock.dueAt !== null && clock.endedAt > clock.dueAt
          ? clock.endedAt - clock.dueAt
          : 0;
      if (clock.missedDueAt === null && late === 0) return { tone: 'met', text: `${name} met` };
      return {
        tone: 'missed',
        text: late > 0 ? `${name} missed by ${lengthWords(late)}` : `${name} missed once`,
      };
    }
    case 'paused':
      return { tone: 'rest', text: `${name} paused while waiting on the customer` };
    case 'suspended':
      return { tone: 'rest', text: `${name} suspended: resolved` };
    case 'stopped':
      return { tone: 'rest', text: `${name} stopped: no response SLA for feature requests` };
    case 'excused':
      return { tone: 'rest', text: `${name} excused: closed` };
    case 'running':
      return { tone: 'rest', text: `${name} running` };
    default:
      return unreachable(clock.state);
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
