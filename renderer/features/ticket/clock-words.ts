import { unreachable } from '../../../shared/base/assert.ts';
import { MINUTE_MS } from '../../../shared/base/time.ts';
import type { TicketClock } from '../../../shared/policy/clock.ts';
import { atRiskMs, countedOn } from '../../../shared/policy/compiled-policy.ts';
import type { CompiledPolicy } from '../../../shared/policy/compiled-policy.ts';
import { bandOf, edgeAfter } from '../../../shared/policy/urgency.ts';
import type { Band } from '../../../shared/policy/urgency.ts';
import type { Speech } from '../../../shared/policy/trace-words.ts';
import type { Miss } from '../../../shared/tickets/head.ts';
import { hoursWords } from '../../time-words.ts';
import { clockNames } from '../../words.ts';

/** The band of one clock by itself (U1); C4 is never worse than at risk (U2). */
export function clockBand(clock: TicketClock, policy: CompiledPolicy, now: number): Band {
  if (clock.state !== 'running' || clock.dueAt === null) return 'no-clock';
  return bandOf({ id: clock.id, dueAt: clock.dueAt }, atRiskMs(policy, clock.severity), now);
}

/** When the band of a clock next changes, ms; Infinity where time alone changes nothing. */
export function clockEdgeAt(clock: TicketClock, policy: CompiledPolicy, now: number): number {
  if (clock.dueAt === null || !Number.isFinite(clock.dueAt)) return Number.POSITIVE_INFINITY;
  return edgeAfter(clock.dueAt, atRiskMs(policy, clock.severity), now);
}

/** How much of a clock is used, and what is left or over, in counted time (C8). */
export type Counted = { usedMs: number; leftMs: number; overMs: number };

export function countedOf(clock: TicketClock, policy: CompiledPolicy, now: number): Counted {
  const { calendar, fromAt, dueAt, targetMs } = clock;
  if (dueAt === null) {
    const leftMs = Math.max(0, targetMs - clock.usedMs);
    return { usedMs: clock.usedMs, leftMs, overMs: 0 };
  }
  const leftMs = Number.isFinite(dueAt) ? countedOn(policy, calendar, now, dueAt) : targetMs;
  const overMs = countedOn(policy, calendar, dueAt, now);
  // C4 stood still while it waited: what is not left is used.
  const usedMs =
    clock.id === 'C4'
      ? Math.max(0, targetMs - leftMs)
      : countedOn(policy, calendar, fromAt, Math.min(now, dueAt));
  return { usedMs, leftMs, overMs };
}

/** Between 0 and 1. */
export function usedShare(counted: Counted): number {
  const wholeMs = counted.usedMs + counted.leftMs;
  return wholeMs === 0 ? 1 : counted.usedMs / wholeMs;
}

/** `9:12 h of 12 h used, 2:48 h left, Mon–Sat`. A due that a change of severity set has no round whole. */
export function countedWords(clock: TicketClock, { usedMs, leftMs, overMs }: Counted): string {
  const days = clock.calendar === 'always' ? 'around the clock' : 'Mon–Sat';
  const wholeMs = usedMs + leftMs;
  const isWhole = Math.abs(wholeMs - clock.targetMs) < MINUTE_MS;
  if (leftMs === 0 && clock.dueAt !== null) {
    const used = isWhole ? `all ${hoursWords(clock.targetMs)} used` : `${hoursWords(usedMs)} used`;
    return `${used}, ${hoursWords(overMs)} counted since, ${days}`;
  }
  const used = isWhole
    ? `${hoursWords(usedMs)} of ${hoursWords(clock.targetMs)} used`
    : `${hoursWords(usedMs)} used`;
  return `${used}, ${hoursWords(leftMs)} left, ${days}`;
}

/** The record of a miss that this clock's run has; null where it has none (C11). */
export function missOf(clock: TicketClock, misses: readonly Miss[]): Miss | null {
  if (clock.missedDueAt === null) return null;
  return (
    misses.findLast((miss) => miss.clock === clock.id && miss.dueAt === clock.missedDueAt) ?? null
  );
}

/** Misses of runs that are over: answered late, while the clock itself is another one now, or none (C11). */
export function pastMisses(misses: readonly Miss[], clocks: readonly TicketClock[]): Miss[] {
  const present = new Set(clocks.map((clock) => missOf(clock, misses)));
  return misses.filter((miss) => miss.endedAt !== null && !present.has(miss));
}

export type Resting = { tone: 'met' | 'missed' | 'rest'; text: string };

/** How a clock that does not run ended, or why it stands still, with who and when. */
export function restingWords(clock: TicketClock, miss: Miss | null, speech: Speech): Resting {
  const name = clockNames[clock.id];
  const missed = miss === null ? '' : `, missed ${speech.when(miss.dueAt)}`;
  switch (clock.state) {
    case 'ended': {
      if (miss !== null) return { tone: 'missed', text: `${name} ${lateWords(miss)}` };
      // A miss is recorded before what ends the clock takes effect, and never derived again (C11).
      return { tone: 'met', text: `${name} met` };
    }
    case 'paused':
      return { tone: 'rest', text: `${name} paused while waiting on the customer` };
    case 'suspended':
      return { tone: 'rest', text: `${name} suspended${missed}: resolved${byWhom(clock, speech)}` };
    case 'stopped':
      return {
        tone: 'rest',
        text: `${name} stopped${missed}: feature request${byWhom(clock, speech)}`,
      };
    case 'excused':
      return { tone: 'rest', text: `${name} excused${missed}: closed${byWhom(clock, speech)}` };
    case 'running':
      return { tone: 'rest', text: `${name} running` };
    default:
      return unreachable(clock.state);
  }
}

/** `missed by 25:20 h, 1:20 h of it counted`; one length where all of it counted. */
export function lateWords({ late }: Pick<Miss, 'late'>): string {
  if (late === null) return 'missed';
  const wall = hoursWords(late.wallMs);
  const counted = hoursWords(late.countedMs);
  return wall === counted ? `missed by ${wall}` : `missed by ${wall}, ${counted} of it counted`;
}

function byWhom({ trace }: TicketClock, speech: Speech): string {
  const last = trace.at(-1);
  if (last === undefined) return '';
  const { what } = last;
  if (what.kind !== 'stopped' && what.kind !== 'suspended' && what.kind !== 'excused') return '';
  const who = what.agentId === null ? '' : ` by ${speech.nameOf(what.agentId)}`;
  return ` ${speech.when(last.at)}${who}`;
}
