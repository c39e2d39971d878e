import { clockOf } from '../../shared/policy/clocks.ts';
import type { ClockId } from '../../shared/policy/clock-id.ts';
import type { TicketClock } from '../../shared/policy/clock.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { adoptPolicy } from '../../shared/policy/policy-change.ts';
import type { DueMove } from '../../shared/policy/policy-change.ts';
import type { PolicyDocument } from '../../shared/policy/policy-document.ts';
import { settled } from '../../shared/policy/settle.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import { stepWords } from '../../shared/policy/trace-words.ts';
import { apply } from '../../shared/tickets/apply.ts';
import type { ApplyContext } from '../../shared/tickets/apply-context.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { receiveMessage } from '../../shared/tickets/intake.ts';
import { applyContext, policy, ticket, uuid } from './tickets.ts';

/** One ticket told event by event with real dates, through the functions that the desk calls. */
export type Story = {
  head: () => TicketHead;
  policy: () => CompiledPolicy;
  does: (at: string, action: Action, by?: Partial<ApplyContext>) => Story;
  /** The customer writes; it is received before it is accepted where `received` says so. */
  writes: (at: string, message?: { received?: string; asked?: Severity }) => Story;
  ticks: (at: string) => Story;
  adopts: (at: string, change: Partial<PolicyDocument>) => Story;
  moves: () => readonly DueMove[];
  clock: (id: ClockId) => TicketClock;
  /** Null where the ticket has no such clock. */
  state: (id: ClockId) => TicketClock['state'] | null;
  /** ISO, without seconds and milliseconds where they are none; null while nothing is due. */
  due: (id: ClockId) => string | null;
  /** The reasons of a clock, as they are read aloud. */
  why: (id: ClockId) => string[];
};

export function story(
  received: string,
  {
    askedFor,
    rules = {},
    ...facts
  }: { askedFor?: Severity; rules?: Partial<PolicyDocument> } & Partial<TicketHead> = {},
): Story {
  let inForce = policy(rules);
  let head = ticket({
    ...facts,
    receivedAt: instant(received),
    ...(askedFor === undefined ? {} : { askedFor }),
  });
  let moves: readonly DueMove[] = [];
  const nextVersion = () => head.version + 1;

  const clock = (id: ClockId) => {
    const found = clockOf(head, inForce, id);
    if (found === null) throw new Error(`no clock ${id}`);
    return found;
  };

  const told: Story = {
    head: () => head,
    policy: () => inForce,
    does: (at, action, by = {}) => {
      const acceptedAt = instant(at);
      const version = nextVersion();
      const context = applyContext(acceptedAt, { version, commandId: uuid(version), ...by });
      const result = apply(settled(head, inForce, acceptedAt), action, context);
      if (!result.ok) throw new Error(result.error.message);
      head = settled(result.value.head, inForce, acceptedAt);
      return told;
    },
    writes: (at, message = {}) => {
      const acceptedAt = instant(at);
      const receivedAt = instant(message.received ?? at);
      const version = nextVersion();
      head = receiveMessage(
        settled(head, inForce, acceptedAt),
        { id: `m${version}`, text: 'And now?', receivedAt, asked: message.asked ?? null },
        { version, acceptedAt },
      ).head;
      return told;
    },
    ticks: (at) => {
      head = settled(head, inForce, instant(at));
      return told;
    },
    adopts: (at, change) => {
      const after = { ...policy({ ...inForce.document, ...change }), rules: inForce.rules + 1 };
      const adopted = adoptPolicy(settled(head, inForce, instant(at)), inForce, after, instant(at));
      ({ moves } = adopted);
      head = { ...adopted.head, version: nextVersion() };
      inForce = after;
      return told;
    },
    moves: () => moves,
    clock,
    state: (id) => clockOf(head, inForce, id)?.state ?? null,
    due: (id) => {
      const { dueAt } = clock(id);
      return dueAt === null ? null : minuteOf(dueAt);
    },
    why: (id) =>
      clock(id).trace.map((step) =>
        stepWords(id, step, { when: minuteOf, day: (date) => date, nameOf: () => 'Mira Okonjo' }),
      ),
  };
  return told;
}

/** `2026-11-18 10:00` in UTC. */
export function instant(text: string): number {
  const at = Date.parse(`${text.replace(' ', 'T')}Z`);
  if (Number.isNaN(at)) throw new Error(`no instant: ${text}`);
  return at;
}

function minuteOf(at: number): string {
  return new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/(:00)?\.000Z$/, '')
    .replace('Z', '');
}

export const reply: Action = { kind: 'reply', text: 'Thank you, we look into it.' };
export const bug: Action = { kind: 'set-category', category: 'bug', reason: 'seen by three' };
export const feature: Action = { kind: 'set-category', category: 'feature', reason: 'a wish' };
export const convert: Action = {
  kind: 'convert-to-feature',
  reason: 'a wish',
  message: 'We pass it on to product management.',
};
export const close: Action = { kind: 'close', reason: 'done', text: '' };

export function severity(value: Severity, reason: string | null = 'as seen'): Action {
  return { kind: 'set-severity', severity: value, reason };
}

export function category(value: TicketHead['category']['value']): Action {
  return { kind: 'set-category', category: value, reason: 'as seen' };
}
