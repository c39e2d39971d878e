import type { TicketClock } from '../../../shared/policy/clock.ts';
import { stepWords } from '../../../shared/policy/trace-words.ts';
import type { Speech } from '../../../shared/policy/trace-words.ts';
import type { TraceStep } from '../../../shared/policy/trace-step.ts';
import { dayWords, fullTime, zoneWords } from '../../time-words.ts';
import { clockNames } from '../../words.ts';

export type Traced = Pick<TicketClock, 'id'> & { trace: readonly TraceStep[] };

/** Instants in the policy's zone with their date and zone: a mail is read elsewhere, and later. */
export function mailSpeech(timeZone: string, nameOf: Speech['nameOf']): Speech {
  return {
    when: (at) => `${fullTime(at, timeZone)} ${zoneWords(timeZone)}`,
    day: dayWords,
    nameOf,
  };
}

/** Why clocks are due when they are, as text for a mail: a line for each step, with its rule (C15). */
export function traceText(reference: string, traced: readonly Traced[], speech: Speech): string {
  return traced
    .map(({ id, trace }) =>
      [
        `${reference}, ${clockNames[id]} (${id})`,
        ...trace.map((step) => `${step.rule}: ${stepWords(id, step, speech)}`),
      ].join('\n'),
    )
    .join('\n\n');
}
