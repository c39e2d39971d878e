import { z } from 'zod';
import { idSchema, instantSchema } from '../base/ids.ts';
import { severitySchema } from '../policy/severity.ts';
import type { Author, Entry } from './entry.ts';
import { channels } from './fields.ts';
import { ticketHeadSchema } from './head.ts';
import type { Stamped, TicketHead } from './head.ts';
import { bodySchema, lineSchema } from './text.ts';
import { resumeUpdates, touched } from './thread.ts';

/** What comes in from customers: it makes tickets and adds to them, and is never refused (P3). */

export const submissionSchema = z.strictObject({
  id: idSchema,
  reference: z.string().min(1).max(32),
  subject: lineSchema,
  text: bodySchema,
  customer: ticketHeadSchema.shape.customer,
  channel: z.enum(channels),
  teamId: idSchema,
  /** The severity the customer asked for, where the intake says one (P3). */
  asked: severitySchema.nullable(),
  receivedAt: instantSchema,
});
export type Submission = z.infer<typeof submissionSchema>;

export type IntakeContext = { version: number; acceptedAt: number };

/** A new ticket: every one is Low and untriaged at first (P3). */
export function submit(
  submission: Submission,
  context: IntakeContext,
): { head: TicketHead; entries: Entry[] } {
  const initial = <T>(value: T): Stamped<T> => ({
    value,
    version: context.version,
    at: context.acceptedAt,
    agentId: null,
    consoleId: null,
    commandId: null,
  });
  const receivedAt = submission.receivedAt;
  const head: TicketHead = {
    id: submission.id,
    reference: submission.reference,
    version: context.version,
    subject: submission.subject,
    customer: submission.customer,
    channel: submission.channel,
    teamId: submission.teamId,
    submittedAt: receivedAt,
    asked: submission.asked === null ? [] : [{ severity: submission.asked, at: receivedAt }],
    severity: initial('low'),
    severitySteps: [{ severity: 'low', at: receivedAt }],
    triaged: initial(false),
    category: initial('uncategorised'),
    status: initial('open'),
    assignee: initial(null),
    responseFromAt: receivedAt,
    responseFromStep: 1,
    responseEndStep: null,
    firstReplyAt: null,
    unanswered: null,
    lastReplyAt: null,
    lastCustomerMessageVersion: context.version,
    replyVersions: {},
    certifiedAt: null,
    updatePauses: [],
    misses: [],
    policySteps: [],
    attempts: { count: 0, lastOutcome: null, reproduced: false },
    escalations: [],
    lastActivityAt: receivedAt,
  };
  return {
    head,
    entries: [messageEntry(head, submission.id, submission.text, receivedAt, context)],
  };
}

export type CustomerMessage = { id: string; text: string; receivedAt: number };

/** A customer's message on a ticket: starts C3, ends waiting, reopens (C3, C13). */
export function receiveMessage(
  head: TicketHead,
  message: CustomerMessage,
  context: IntakeContext,
): { head: TicketHead; entries: Entry[] } {
  const entries = [messageEntry(head, message.id, message.text, message.receivedAt, context)];
  const wasClosed = head.status.value === 'closed';
  const reopened: TicketHead =
    head.status.value === 'open'
      ? head
      : {
          ...head,
          status: {
            value: 'open',
            version: context.version,
            at: context.acceptedAt,
            agentId: null,
            consoleId: null,
            commandId: null,
          },
          updatePauses: resumeUpdates(head, context.acceptedAt),
        };
  if (head.status.value !== 'open') {
    entries.push({
      ...systemEntry(head, message.id, context),
      body: {
        kind: 'change',
        field: 'status',
        from: head.status.value,
        to: 'open',
        closeReason: null,
        reason: 'the customer wrote',
      },
    });
  }
  const answeredOnce = head.firstReplyAt !== null;
  return {
    head: {
      ...touched(reopened, context.acceptedAt),
      version: context.version,
      lastCustomerMessageVersion: context.version,
      unanswered: answeredOnce
        ? (head.unanswered ?? {
            at: message.receivedAt,
            version: context.version,
            fromStep: head.severitySteps.length,
          })
        : null,
      // Closing excused the old C1; never answered, it starts anew from this message (C13).
      ...(wasClosed && !answeredOnce
        ? { responseFromAt: message.receivedAt, responseFromStep: head.severitySteps.length }
        : {}),
    },
    entries,
  };
}

function messageEntry(
  head: TicketHead,
  id: string,
  text: string,
  receivedAt: number,
  context: IntakeContext,
): Entry {
  const author: Author = { kind: 'customer', name: head.customer.contact };
  return {
    id: `${id}/0`,
    ticketId: head.id,
    version: context.version,
    author,
    commandId: null,
    acceptedAt: context.acceptedAt,
    writtenAt: receivedAt,
    body: { kind: 'message', text },
  };
}

function systemEntry(head: TicketHead, id: string, context: IntakeContext): Omit<Entry, 'body'> {
  return {
    id: `${id}/1`,
    ticketId: head.id,
    version: context.version,
    author: { kind: 'system' },
    commandId: null,
    acceptedAt: context.acceptedAt,
    writtenAt: context.acceptedAt,
  };
}
