import { unreachable } from '../base/assert.ts';
import { HOUR_MS, MINUTE_MS } from '../base/time.ts';
import type { ClockId } from './clock-id.ts';
import type { Severity } from './severity.ts';
import type { CalendarKind, TraceEvent, TraceStep } from './trace-step.ts';

/** How the words name instants and people: each screen and the CLI has its own way. */
export type Speech = {
  when: (at: number) => string;
  /** A calendar date such as 2026-12-25. */
  day: (date: string) => string;
  nameOf: (agentId: string) => string;
};

const severityNames: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

/** What each clock waits for. */
const owed: Readonly<Record<ClockId, string>> = {
  C1: 'an answer is owed',
  C2: 'first contact is owed',
  C3: 'a reply is owed',
  C4: 'news is owed',
  C5: 'a decision on it is owed',
};

/** A step of a clock's reasons in a sentence that can be read aloud to the customer (C15). */
export function stepWords(clock: ClockId, step: TraceStep, speech: Speech): string {
  const { what } = step;
  const due = step.dueAt === null ? '' : speech.when(step.dueAt);
  switch (what.kind) {
    case 'started':
      return `${beginning(clock, what, speech.when(step.at))}: ${owed[clock]} within ${targetWords(what)}${
        due === '' ? '' : `, by ${due}`
      }.`;
    case 'reclassified':
      return `${changeWords(what, step, speech)}.`;
    case 'policy':
      return what.by === 'at-change'
        ? `New support rules came into force ${speech.when(step.at)}; by them it would have been due earlier, so it was due at that moment.`
        : `New support rules came into force ${speech.when(step.at)}; it was past due already, and stays due ${due}.`;
    case 'rules':
      return what.past
        ? 'It ended under earlier support rules, and was judged by those.'
        : `Counted by support rules ${what.rules}, in force since ${speech.when(step.at)}; before that there were others.`;
    case 'not-counted':
      return `Not counted: ${dayWords(what, speech)}.`;
    case 'paused':
      return what.untilAt === null
        ? `Waiting since ${speech.when(step.at)}: the count stands still, and what was used is kept.`
        : `From ${speech.when(step.at)} to ${speech.when(what.untilAt)} the count stood still${
            due === '' ? '' : `: due ${due}`
          }.`;
    case 'missed':
      return `It was due ${due} as ${severityNames[what.severity]} and that was missed; the miss stays on record.`;
    case 'ended':
      return `${what.by === 'triage' ? 'Triaged' : 'Answered'} ${speech.when(step.at)}, ${
        what.lateMs > 0 ? `${lengthWords(what.lateMs)} late` : 'in time'
      }.`;
    case 'stopped':
      return `A feature request since ${speech.when(step.at)}${by(what, speech)}: there is no time limit for an answer.`;
    case 'suspended':
      return `Resolved ${speech.when(step.at)}${by(what, speech)}: the count rests, and goes on with its due if the ticket is opened again.`;
    case 'excused':
      return `Closed ${speech.when(step.at)}${by(what, speech)}: nothing is owed on this any more.`;
    default:
      return unreachable(what);
  }
}

function beginning(
  clock: ClockId,
  { by: how, severity }: Extract<TraceEvent, { kind: 'started' }>,
  at: string,
): string {
  const name = severityNames[severity];
  switch (how) {
    case 'submission':
      // First contact is owed whatever the severity.
      return clock === 'C2' ? `Received ${at}` : `Received ${at} as ${name}`;
    case 'reopening':
      return `The customer wrote again ${at} after it was closed unanswered, ${name}`;
    case 'message':
      return `The customer's message of ${at} waits, ${name}`;
    case 'certified':
      return `Certified as a bug ${at}`;
    case 'update':
      return `Last news to the customer ${at}`;
    case 'asked':
      return `The customer asked for ${name} ${at}`;
    default:
      return unreachable(how);
  }
}

function changeWords(
  what: Extract<TraceEvent, { kind: 'reclassified' }>,
  { at, dueAt }: TraceStep,
  speech: Speech,
): string {
  const due = dueAt === null ? 'not known' : speech.when(dueAt);
  const change = `${nowWords(what)} ${speech.when(at)}${by(what, speech)}`;
  switch (what.by) {
    case 'past':
      return `${change}; it was past due already, so the due stays ${due}`;
    case 'kept':
      return `${change}; the due stays ${due}`;
    case 'change':
      return `${change}; counted from then: due ${due}`;
    case 'had':
      return `${change}; it had been due ${due} before at that level, and no change gains time`;
    case 'asked':
      return what.asked === null || what.asked === what.to
        ? `${change}; the customer had asked for it, so counted from then: due ${due}`
        : `${change}; the customer had asked for ${severityNames[what.asked]} before, and that is due sooner: ${due}`;
    case 'origin':
      return `${change}; counted from the start: due ${due}`;
    case 'at-change':
      return `${change}; by reclassification it was due before that, so it is due at the change, ${due}`;
    default:
      return unreachable(what.by);
  }
}

function nowWords({ from, to, raised, calendar }: Extract<TraceEvent, { kind: 'reclassified' }>) {
  if (from !== to) return `${raised ? 'Raised' : 'Lowered'} to ${severityNames[to]}`;
  return calendar === 'always'
    ? 'Known as a server fault, counted around the clock,'
    : 'Known to be no server fault';
}

function by({ agentId }: { agentId: string | null }, speech: Speech): string {
  return agentId === null ? '' : ` by ${speech.nameOf(agentId)}`;
}

function dayWords(
  { days, more }: Extract<TraceEvent, { kind: 'not-counted' }>,
  speech: Speech,
): string {
  const named = days.map(({ date, why }) =>
    why === 'holiday' ? `${speech.day(date)} (holiday)` : speech.day(date),
  );
  return named.join(', ') + (more ? ' and more' : '');
}

/** `2 hours around the clock`, `24 counted hours, Monday to Saturday`. */
function targetWords({ targetMs, calendar }: { targetMs: number; calendar: CalendarKind }): string {
  return calendar === 'always'
    ? `${lengthWords(targetMs)} around the clock`
    : `${lengthWords(targetMs, 'counted ')}, Monday to Saturday`;
}

/** `2 hours`, `1 hour 30 minutes`, `less than a minute`; `kind` stands before the unit. */
export function lengthWords(ms: number, kind = ''): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes === 0) return 'less than a minute';
  const hours = Math.floor(ms / HOUR_MS);
  const rest = minutes - hours * 60;
  const parts = [
    ...(hours > 0 ? [`${hours} ${kind}hour${hours === 1 ? '' : 's'}`] : []),
    ...(rest > 0 ? [`${rest} ${hours > 0 ? '' : kind}minute${rest === 1 ? '' : 's'}`] : []),
  ];
  return parts.join(' ');
}
