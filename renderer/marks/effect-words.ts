import { unreachable } from '../../shared/base/assert.ts';
import type { ClockId } from '../../shared/policy/clock-id.ts';
import type { TicketClock } from '../../shared/policy/clock.ts';
import type { ClockChange } from '../../shared/policy/preview.ts';
import { hoursWords, lengthWords } from '../time-words.ts';

/** What a change would do to one clock, in words. */
export type Effect = {
  id: ClockId;
  tone: 'sooner' | 'later' | 'same' | 'met' | 'late' | 'rest';
  text: string;
  /** The same for a line of a menu. */
  short: string;
};

export type EffectSpeech = {
  when: (at: number) => string;
  /** What ends a clock here, such as "with this message". */
  endedBy?: string;
};

/** `before -> after` of one clock, were it done at `at` (C10, C12, C13). Desk time, ms. */
export function effectOf({ id, before, after }: ClockChange, at: number, speech: EffectSpeech) {
  const effect = (tone: Effect['tone'], text: string, short = text): Effect => ({
    id,
    tone,
    text,
    short,
  });
  if (after === null) return before === null ? effect('same', 'stays') : gone(before, at, speech);
  const due = (clock: TicketClock): string => dueWords(clock.dueAt, speech.when);
  const missed = before !== null && isLate(before, at) ? '; the miss stays on record' : '';
  switch (after.state) {
    case 'running':
      if (before?.state === 'running') return moved(id, before, after, at, speech);
      if (before === null && !isLate(after, at))
        return effect('sooner', `starts: due ${due(after)}`);
      return isLate(after, at)
        ? effect('late', `goes on, late already: it was due ${due(after)}`)
        : effect('sooner', `goes on: due ${due(after)}`);
    case 'ended':
      return before?.state === 'running'
        ? ended(before, at, speech)
        : effect('rest', 'has ended: it was answered');
    case 'paused':
      return effect(
        'rest',
        `pauses while it waits on the customer, with ${hoursWords(after.usedMs)} of ${hoursWords(after.targetMs)} used`,
        'pauses while it waits',
      );
    case 'suspended':
      return effect(
        'rest',
        `rests${missed}; goes on with its due if the ticket is opened again`,
        'rests while resolved',
      );
    case 'stopped':
      return effect(
        'rest',
        `stops: feature requests have no response SLA${missed}`,
        'stops: no response SLA',
      );
    case 'excused':
      return effect('rest', `is excused: nothing is owed once closed${missed}`, 'is excused');
    default:
      return unreachable(after.state);
  }
}

/** `not known` beyond the policy's day table (C15). */
export function dueWords(dueAt: number | null, when: (at: number) => string): string {
  return dueAt !== null && Number.isFinite(dueAt) ? when(dueAt) : 'not known';
}

/** At exactly the due is met (C6). */
function isLate({ state, dueAt }: TicketClock, at: number): boolean {
  return state === 'running' && dueAt !== null && dueAt < at;
}

function moved(
  id: ClockId,
  before: TicketClock,
  after: TicketClock,
  at: number,
  { when }: EffectSpeech,
): Effect {
  const was = dueWords(before.dueAt, when);
  const is = dueWords(after.dueAt, when);
  const wasAt = before.dueAt ?? 0;
  const isAt = after.dueAt ?? 0;
  if (id === 'C4' && after.fromAt !== before.fromAt)
    return { id, tone: 'later', text: `starts anew: due ${is}`, short: `anew: due ${is}` };
  if (wasAt === isAt)
    return wasAt < at
      ? { id, tone: 'late', text: `is late already; its due stays ${is}`, short: 'late already' }
      : { id, tone: 'same', text: `stays due ${is}`, short: `due ${is}, as now` };
  if (isAt <= at)
    return {
      id,
      tone: 'late',
      text: `falls due at once; it was due ${was}`,
      short: 'falls due at once',
    };
  const sooner = isAt < wasAt;
  const size = Math.abs(isAt - wasAt);
  const by = Number.isFinite(size)
    ? `, ${lengthWords(size)} ${sooner ? 'earlier' : 'later'}`
    : sooner
      ? ', earlier'
      : ', later';
  return {
    id,
    tone: sooner ? 'sooner' : 'later',
    text: `due ${was} → ${is}${by}`,
    short: `due ${is}${by}`,
  };
}

function ended(before: TicketClock, at: number, { when, endedBy }: EffectSpeech): Effect {
  const { id } = before;
  // Whatever else is done with it, triage ends with the decision itself (C5).
  const how = endedBy === undefined || id === 'C5' ? 'ends' : `ends ${endedBy}`;
  const lateAt = before.missedDueAt ?? before.dueAt ?? at;
  if (lateAt < at)
    return { id, tone: 'late', text: `${how}, ${lengthWords(at - lateAt)} late`, short: how };
  const due = dueWords(before.dueAt, when);
  return { id, tone: 'met', text: `${how}, in time: it was due ${due}`, short: how };
}

/** The ticket has no such clock afterwards: it was answered, or is not owed on such a ticket. */
function gone(before: TicketClock, at: number, speech: EffectSpeech): Effect {
  const { id } = before;
  if (id === 'C3') return ended(before, at, speech);
  const missed = isLate(before, at) ? '; the miss stays on record' : '';
  const text = id === 'C2' ? 'is not owed to a question' : 'is not owed any more';
  return { id, tone: 'rest', text: `${text}${missed}`, short: text };
}
