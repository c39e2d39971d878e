import type { ClockId } from '../../shared/policy/clock-id.ts';
import type { TicketClock } from '../../shared/policy/clock.ts';
import { clocks } from '../../shared/policy/clocks.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { settled } from '../../shared/policy/settle.ts';
import { stepWords } from '../../shared/policy/trace-words.ts';
import type { Speech } from '../../shared/policy/trace-words.ts';
import type { Miss, TicketHead } from '../../shared/tickets/head.ts';
import { countedUse } from './counted-use.ts';
import { hoursMinutes, zonedTime } from './local-words.ts';
import { wrapped } from './wrapped.ts';

/** When it is looked at, ms since epoch, and what people are called. */
export type Look = { at: number; names: ReadonlyMap<string, string> };

const clockNames: Readonly<Record<ClockId, string>> = {
  C1: 'Response',
  C2: 'First contact',
  C3: 'Next reply',
  C4: 'Progress update',
  C5: 'Triage',
};

const WIDTH = 96;
const INDENT = '    ';
/** Room for the longest name of a rule. */
const RULE_WIDTH = 5;

/**
 * A ticket's clocks at an instant, with due, counted time and the reason for it step by step, in lines of at most
 * 100 columns (C15). The ticket's facts are those of now, whatever the instant.
 */
export function explainTicket(head: TicketHead, policy: CompiledPolicy, look: Look): string[] {
  const { at, names } = look;
  const { timeZone } = policy.document;
  const local = zonedTime(timeZone);
  const both = (instant: number) => `${local(instant)} ${timeZone} (${utc(instant)})`;
  const nameOf = (id: string) => names.get(id) ?? id;
  const speech: Speech = { when: local, day: (date) => date, nameOf };
  const seen = settled(head, policy, at);
  const assignee = head.assignee.value;
  const found = clocks(seen, policy);
  return [
    ...wrapped(`${head.reference}  ${cut(head.subject)}`, WIDTH, INDENT),
    ...wrapped(
      [
        cut(head.customer.organisation),
        head.severity.value,
        head.category.value,
        head.status.value,
        assignee === null ? 'assigned to nobody' : `assigned to ${nameOf(assignee)}`,
      ].join(', '),
      WIDTH,
      INDENT,
    ),
    `At ${both(at)}`,
    ...(at < head.lastActivityAt
      ? wrapped(
          `It has changed since (${local(head.lastActivityAt)}): this is the ticket of now, looked at as of then.`,
          WIDTH,
          INDENT,
        )
      : []),
    ...wrapped(
      `Support rules ${policy.rules} (${
        policy.agentId !== null
          ? `saved by ${nameOf(policy.agentId)}`
          : policy.rules === 1
            ? 'with which the desk began'
            : "set at the desk's command line"
      }), in force since ${both(policy.rulesAt)}`,
      WIDTH,
      INDENT,
    ),
    ...(found.length === 0 ? ['', 'It has no clocks.'] : []),
    ...found.flatMap((clock) => ['', ...explainClock(clock, seen, policy, { at, both, speech })]),
    '',
    ...missLines(head, seen, both),
  ];
}

type Saying = { at: number; both: (instant: number) => string; speech: Speech };

function explainClock(
  clock: TicketClock,
  head: TicketHead,
  policy: CompiledPolicy,
  { at, both, speech }: Saying,
): string[] {
  const { id, severity, calendar, dueAt } = clock;
  const counts = calendar === 'always' ? 'around the clock' : 'Monday to Saturday';
  const { usedMs, leftMs } = countedUse(clock, head, policy, at);
  const left =
    leftMs === null
      ? ''
      : leftMs < 0
        ? `, over by ${hoursMinutes(-leftMs)}`
        : `, ${hoursMinutes(leftMs)} left`;
  return [
    `${id} ${clockNames[id]}: ${stateWords(clock)}`,
    ...(dueAt === null
      ? [
          `${INDENT}due      ${clock.state === 'ended' ? 'by earlier support rules' : 'at no time while it is paused'}`,
        ]
      : [`${INDENT}due      ${Number.isFinite(dueAt) ? both(dueAt) : 'beyond the day table'}`]),
    `${INDENT}counted  ${hoursMinutes(usedMs)} used of ${hoursMinutes(clock.targetMs)}${left} (${severity}, ${counts})`,
    ...clock.trace.flatMap((step) =>
      wrapped(
        `${INDENT}${step.rule.padEnd(RULE_WIDTH)}${stepWords(id, step, speech)}`,
        WIDTH,
        INDENT + ' '.repeat(RULE_WIDTH),
      ),
    ),
  ];
}

function stateWords({ state, missedDueAt }: TicketClock): string {
  if (state === 'ended') return missedDueAt === null ? 'met' : 'missed, ended late';
  return missedDueAt === null ? state : `missed, ${state}`;
}

/** What is on record (C11), and what is past its due but the desk has not recorded yet. */
function missLines(head: TicketHead, seen: TicketHead, both: Saying['both']): string[] {
  const recorded = head.misses.length;
  if (seen.misses.length === 0) return ['No misses on record.'];
  return [
    recorded === seen.misses.length
      ? `Misses on record: ${recorded}`
      : `Misses: ${recorded} on record, ${seen.misses.length - recorded} not on record yet`,
    ...seen.misses.flatMap((miss, index) => [
      `${INDENT}${miss.clock} ${miss.severity}, due ${both(miss.dueAt)}`,
      `${INDENT}   ${lateness(miss)}${index < recorded ? '' : '; not on record yet'}`,
    ]),
  ];
}

function lateness({ endedAt, late }: Miss): string {
  if (endedAt === null || late === null) return 'goes on';
  return `late by ${hoursMinutes(late.countedMs)} counted, ${hoursMinutes(late.wallMs)} in all`;
}

function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Subjects can be as long as a customer likes. */
function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
