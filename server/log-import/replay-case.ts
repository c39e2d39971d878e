import { IMPORTED_ID } from './ticket-id.ts';
import { unreachable } from '../../shared/base/assert.ts';
import { isOpen } from '../../shared/tickets/fields.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import type { ImportedTicket } from '../store/imported-ticket.ts';
import type { LogEvent } from './log-row.ts';
import { actInPast, beginPast, endPast, pastCommandId } from './ticket-past.ts';

export type Replayed = {
  ticket: ImportedTicket;
  /** Events that became part of the ticket. */
  taken: readonly LogEvent[];
  /** Events that did not, and why. */
  skipped: readonly { event: LogEvent; why: string }[];
};

export type ReplayContext = {
  /** What is added to each instant of the log. */
  shiftMs: number;
  /** Misses are recorded up to here, and by this policy (C11). */
  nowMs: number;
  policy: CompiledPolicy;
  random: () => number;
  /** Told of the ticket after each thing that happened to it, and at the end. */
  onChange?: (head: TicketHead, at: number) => void;
};

const logConsoleId = 'log-import';

/** Someone of the log, by number. */
export function logAgent(resource: string): { id: string; name: string } {
  return { id: `log-agent-${resource}`, name: `Agent ${resource}` };
}

export function logTeamId(workgroup: string): string {
  return `log-team-${workgroup}`;
}

/** One case, event by event in the order of the log, by the desk's own functions. */
export function replayCase(
  first: LogEvent,
  later: readonly LogEvent[],
  context: ReplayContext,
): Replayed {
  let ticket = submission(first, context);
  context.onChange?.(ticket.head, ticket.head.submittedAt);
  const taken: LogEvent[] = [first];
  const skipped: Replayed['skipped'][number][] = [];
  /** Applies what an event means; false where the ticket refuses all of it or nothing changes. */
  const act = (event: LogEvent, actions: readonly Action[]): string | null => {
    const before = ticket;
    const at = event.at + context.shiftMs;
    const heads: TicketHead[] = [];
    for (const action of actions) {
      const done = actInPast(
        ticket,
        action,
        {
          at,
          agent: logAgent(event.resource),
          consoleId: logConsoleId,
          commandId: pastCommandId(at, context.random),
        },
        context.policy,
      );
      if (!done.ok) {
        ticket = before;
        return done.error.message;
      }
      ticket = done.value;
      heads.push(ticket.head);
    }
    for (const head of heads) context.onChange?.(head, at);
    return ticket.entries.length === before.entries.length ? 'it changes nothing' : null;
  };
  // The first event is the submission, whatever it is; what else it says is done at once.
  act(first, [
    { kind: 'set-severity', severity: first.seriousness, reason: null },
    ...(first.activity === 'Assign seriousness' ? [] : actionsOf(first, ticket.head, true)),
  ]);
  for (const event of later) {
    const why =
      ticket.head.status.value === 'closed'
        ? 'it comes after closing'
        : event.activity === 'Resolve SW anomaly' && ticket.head.category.value !== 'bug'
          ? 'there is no anomaly to resolve'
          : act(event, actionsOf(event, ticket.head, false));
    if (why === null) taken.push(event);
    else skipped.push({ event, why });
  }
  ticket = endPast(ticket, context.policy, context.nowMs);
  context.onChange?.(ticket.head, context.nowMs);
  return { ticket, taken, skipped };
}

function submission(first: LogEvent, { shiftMs }: ReplayContext): ImportedTicket {
  const what = `product ${first.product}, service level ${first.service_level}`;
  return beginPast({
    id: `${IMPORTED_ID}${first.case}`,
    reference: `LOG-${first.case}`,
    subject: `Case ${first.case}: ${what}`,
    text: `Imported from the help-desk log: ${what}, service type ${first.service_type}.`,
    customer: {
      id: `log-customer-${first.customer}`,
      organisation: `Customer ${first.customer}`,
      contact: `Customer ${first.customer}`,
      address: `customer-${first.customer}@log.example`,
      // The log does not say; nothing in it speaks of hosting.
      licence: 'own-server',
    },
    channel: 'web',
    teamId: logTeamId(first.workgroup),
    asked: null,
    receivedAt: first.at + shiftMs,
  });
}

/** What an event means for a ticket as it stands. */
function actionsOf(event: LogEvent, head: TicketHead, isFirst: boolean): Action[] {
  const status = head.status.value;
  const reopen: Action[] = status === 'open' ? [] : [{ kind: 'reopen' }];
  switch (event.activity) {
    case 'Insert ticket':
      return isFirst ? [] : [note('Inserted once more in the log.')];
    case 'Assign seriousness':
      return [{ kind: 'set-severity', severity: event.seriousness, reason: null }];
    case 'Take in charge ticket':
      return [
        ...reopen,
        { kind: 'assign', assignee: logAgent(event.resource).id },
        ...(head.firstReplyAt === null
          ? [{ kind: 'reply', text: 'We have taken your ticket in charge.' } as const]
          : []),
      ];
    case 'Wait':
      return [...(isOpen(status) ? [] : reopen), { kind: 'set-waiting' }];
    case 'Require upgrade':
      return [
        {
          kind: 'escalate',
          level: 'development',
          reason: 'other',
          text: 'An upgrade was required in the imported log.',
        },
      ];
    case 'Create SW anomaly':
      return [{ kind: 'set-category', category: 'bug', reason: 'certified in the imported log' }];
    case 'Resolve SW anomaly':
      return [
        {
          kind: 'set-category',
          category: 'uncategorised',
          reason: 'the anomaly was resolved in the imported log',
        },
      ];
    case 'Schedule intervention':
      return [note('An intervention was scheduled.')];
    case 'VERIFIED':
      return [note('The solution was verified.')];
    case 'Resolve ticket':
    case 'RESOLVED':
      return [{ kind: 'resolve' }];
    case 'INVALID':
      return [{ kind: 'close', reason: 'other', text: 'invalid, by the imported log' }];
    case 'DUPLICATE':
      return [{ kind: 'close', reason: 'duplicate', text: '' }];
    case 'Closed':
      return [{ kind: 'close', reason: 'done', text: '' }];
    default:
      return unreachable(event.activity);
  }
}

function note(text: string): Action {
  return { kind: 'note', text };
}
