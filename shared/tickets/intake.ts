import { z } from 'zod';
import { idSchema, instantSchema } from '../base/ids.ts';
import { isAbove, severitySchema } from '../policy/severity.ts';
import type { Severity } from '../policy/severity.ts';
import { attachmentsSchema, carried } from './attachment.ts';
import type { Carrier } from './attachment.ts';
import type { Author, Entry, EntryBody } from './entry.ts';
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
  /** Files that came with it; the desk has their bytes (S16). */
  attachments: attachmentsSchema.optional(),
});
export type Submission = z.infer<typeof submissionSchema>;

export type IntakeContext = { version: number; acceptedAt: number };

/** A new ticket: every one is Low and untriaged at first (P3). */
export function submit(
  submission: Submission,
  context: IntakeContext,
): { head: TicketHead; entries: Entry[] } {
  const initial = <T>(value: T): Stamped<T> => systemStamp(value, context);
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
    submittedVersion: context.version,
    asked:
      submission.asked === null
        ? []
        : [{ severity: submission.asked, at: receivedAt, version: context.version }],
    severity: initial('low'),
    serverFault: initial(false),
    severitySteps: [
      {
        severity: 'low',
        serverFault: false,
        at: receivedAt,
        afterAsked: submission.asked === null ? 0 : 1,
        agentId: null,
        withdrawn: false,
      },
    ],
    triaged: initial(false),
    triageFromAsk: 0,
    triageEndAsk: null,
    category: initial('uncategorised'),
    status: initial('open'),
    assignee: initial(null),
    responseFromAt: receivedAt,
    responseFromVersion: context.version,
    responseFromStep: 1,
    responseEndStep: null,
    firstReplyAt: null,
    unanswered: null,
    dismissed: null,
    lastReplyAt: null,
    lastReplyVersion: 0,
    lastCustomerMessageVersion: context.version,
    replyVersions: {},
    certifiedAt: null,
    certifiedVersion: 0,
    updatePauses: [],
    closing: null,
    excusedUpTo: null,
    conversion: null,
    misses: [],
    policySteps: [],
    attempts: { count: 0, lastOutcome: null, reproduced: false },
    escalations: [],
    dataRequests: [],
    lastActivityAt: receivedAt,
  };
  return {
    head,
    entries: [messageEntry(head, submission, context)],
  };
}

export type CustomerMessage = Carrier & {
  id: string;
  text: string;
  receivedAt: number;
  /** The severity asked for with it, as the web interface lets a customer do (P3). */
  asked?: Severity | null;
};

/** A customer's message on a ticket: starts C3, ends waiting, reopens (C3, C13); it may ask for a severity (C5). */
export function receiveMessage(
  head: TicketHead,
  message: CustomerMessage,
  context: IntakeContext,
): { head: TicketHead; entries: Entry[] } {
  const entries = [messageEntry(head, message, context)];
  const from = head.status.value;
  if (from !== 'open')
    entries.push(
      systemEntry(head, message.id, entries.length, context, {
        kind: 'change',
        field: 'status',
        from,
        to: 'open',
        closeReason: null,
        reason: 'the customer wrote',
      }),
    );
  const asked = message.asked ?? null;
  if (asked !== null)
    entries.push(
      systemEntry(head, message.id, entries.length, context, { kind: 'asked', severity: asked }),
    );
  const reopened = from === 'open' ? head : reopenByMessage(head, message, context);
  const next: TicketHead = {
    ...touched(reopened, context.acceptedAt),
    version: context.version,
    lastCustomerMessageVersion: context.version,
    unanswered: startOfReply(reopened, message, context),
    dismissed: null,
  };
  return { head: asked === null ? next : askFor(next, asked, message, context), entries };
}

/** The oldest message that nobody has answered; before the first reply it is C1 that runs (C3). */
function startOfReply(
  head: TicketHead,
  message: CustomerMessage,
  context: IntakeContext,
): TicketHead['unanswered'] {
  if (head.firstReplyAt === null) return null;
  if (head.unanswered !== null) return head.unanswered;
  return {
    at: message.receivedAt,
    version: context.version,
    fromStep: head.severitySteps.length,
  };
}

function reopenByMessage(
  head: TicketHead,
  message: CustomerMessage,
  context: IntakeContext,
): TicketHead {
  const status = systemStamp('open' as const, context);
  const open = { ...head, status, updatePauses: resumeUpdates(head, context.acceptedAt) };
  const { closing } = head;
  if (closing === null) return open;
  return {
    ...open,
    closing: null,
    // What was excused stays so (C13).
    excusedUpTo: { fromAt: closing.at, version: closing.version },
    // Closing excused the old C1; never answered, it starts anew from this message.
    ...(head.firstReplyAt === null
      ? {
          responseFromAt: message.receivedAt,
          responseFromVersion: context.version,
          responseFromStep: head.severitySteps.length,
        }
      : {}),
    // So is triage: only what is asked for from now on wants it (C5).
    ...(head.triaged.value ? {} : { triageFromAsk: head.asked.length }),
  };
}

/** Asking for more than the ticket has wants a look at it, also where it was triaged before (P3, C5). */
function askFor(
  head: TicketHead,
  severity: Severity,
  message: CustomerMessage,
  context: IntakeContext,
): TicketHead {
  const asked = [...head.asked, { severity, at: message.receivedAt, version: context.version }];
  if (!head.triaged.value || !isAbove(severity, head.severity.value)) return { ...head, asked };
  return {
    ...head,
    asked,
    triaged: systemStamp(false, context),
    triageFromAsk: head.asked.length,
    triageEndAsk: null,
  };
}

function systemStamp<T>(value: T, { version, acceptedAt }: IntakeContext): Stamped<T> {
  return { value, version, at: acceptedAt, agentId: null, consoleId: null, commandId: null };
}

function messageEntry(head: TicketHead, message: CustomerMessage, context: IntakeContext): Entry {
  const author: Author = { kind: 'customer', name: head.customer.contact };
  return {
    id: `${message.id}/0`,
    ticketId: head.id,
    version: context.version,
    author,
    commandId: null,
    acceptedAt: context.acceptedAt,
    writtenAt: message.receivedAt,
    body: { kind: 'message', text: message.text, ...carried(message) },
  };
}

function systemEntry(
  head: TicketHead,
  id: string,
  place: number,
  context: IntakeContext,
  body: EntryBody,
): Entry {
  return {
    id: `${id}/${place}`,
    ticketId: head.id,
    version: context.version,
    author: { kind: 'system' },
    commandId: null,
    acceptedAt: context.acceptedAt,
    writtenAt: context.acceptedAt,
    body,
  };
}
