import { z } from 'zod';
import { commandIdSchema, idSchema, instantSchema, versionSchema } from '../base/ids.ts';
import { severitySchema } from '../policy/severity.ts';
import { attachmentsSchema } from './attachment.ts';
import { attemptSchema } from './attempt.ts';
import { escalationLevels, escalationReasons } from './escalation-level.ts';
import { categorySchema, closeReasons, dataRequestStates, statusSchema } from './fields.ts';
import { bodySchema, lineSchema } from './text.ts';

const change = z.strictObject({ kind: z.literal('change'), reason: bodySchema.nullable() });

/** Told apart by their field, like the bodies by their kind: a first sync parses hundreds of thousands of them. */
const changeSchema = z.discriminatedUnion('field', [
  change.extend({ field: z.literal('severity'), from: severitySchema, to: severitySchema }),
  change.extend({ field: z.literal('server-fault'), from: z.boolean(), to: z.boolean() }),
  change.extend({ field: z.literal('category'), from: categorySchema, to: categorySchema }),
  change.extend({
    field: z.literal('status'),
    from: statusSchema,
    to: statusSchema,
    closeReason: z.enum(closeReasons).nullable(),
  }),
  change.extend({
    field: z.literal('assignee'),
    from: idSchema.nullable(),
    to: idSchema.nullable(),
  }),
]);

/** Files that came with it (S16); left out where there are none. */
const files = { attachments: attachmentsSchema.optional() };

/** What an entry says. Every change says from what, to what (W7). */
export const entryBodySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('message'), text: bodySchema, ...files }),
  z.strictObject({ kind: z.literal('note'), text: bodySchema, ...files }),
  z.strictObject({ kind: z.literal('attempt'), attempt: attemptSchema, ...files }),
  z.strictObject({
    kind: z.literal('escalation'),
    level: z.enum(escalationLevels),
    reason: z.enum(escalationReasons),
    text: bodySchema,
  }),
  z.strictObject({ kind: z.literal('acknowledged'), escalationId: idSchema }),
  /** The customer asked for a severity with a later message (P3). */
  z.strictObject({ kind: z.literal('asked'), severity: severitySchema }),
  z.strictObject({ kind: z.literal('reply-needed') }),
  z.strictObject({
    kind: z.literal('data-request'),
    what: lineSchema,
    why: bodySchema,
    isPublic: z.boolean(),
    ...files,
  }),
  z.strictObject({
    kind: z.literal('data-request-state'),
    requestId: idSchema,
    state: z.enum(dataRequestStates),
  }),
  /** W5: category, severity and what the customer was told, in one. */
  z.strictObject({
    kind: z.literal('converted'),
    fromCategory: categorySchema,
    fromSeverity: severitySchema,
    reason: bodySchema,
  }),
  z.strictObject({ kind: z.literal('conversion-undone'), conversionId: commandIdSchema }),
  z.strictObject({ kind: z.literal('no-reply-needed'), text: bodySchema }),
  changeSchema,
]);
export type EntryBody = z.infer<typeof entryBodySchema>;

export const authorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('customer'), name: lineSchema }),
  z.strictObject({ kind: z.literal('agent'), id: idSchema, name: lineSchema }),
  z.strictObject({ kind: z.literal('system') }),
]);
export type Author = z.infer<typeof authorSchema>;

/** One thing on a ticket's timeline. */
export const entrySchema = z.strictObject({
  /** `<command or intake id>/<n>`: the same wherever it is made, so that it shows once (S4). */
  id: z.string().min(1).max(80),
  ticketId: idSchema,
  /** Desk version; a pending entry carries that of the head it stands on. */
  version: versionSchema,
  author: authorSchema,
  /** The command it came from; null at intake. */
  commandId: idSchema.nullable(),
  /** When the desk took it in (C6). */
  acceptedAt: instantSchema,
  /** When its author wrote it, by their own clock; only shown (C6). */
  writtenAt: instantSchema,
  body: entryBodySchema,
});
export type Entry = z.infer<typeof entrySchema>;
