import { z } from 'zod';
import { commandIdSchema, idSchema, instantSchema, versionSchema } from '../base/ids.ts';
import { severitySchema } from '../policy/severity.ts';
import { attachmentsSchema } from './attachment.ts';
import { attemptSchema } from './attempt.ts';
import { escalationLevels, escalationReasons } from './escalation-level.ts';
import { categorySchema, closeReasons, dataRequestStates } from './fields.ts';
import { bodySchema, lineSchema, writtenBodySchema } from './text.ts';

/** Files go with what is written (S16); left out where there are none. */
const files = { attachments: attachmentsSchema.optional() };

/** What an agent can do to a ticket. */
export const actionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reply'), text: writtenBodySchema, ...files }),
  z.strictObject({ kind: z.literal('note'), text: writtenBodySchema, ...files }),
  z.strictObject({ kind: z.literal('record-attempt'), attempt: attemptSchema, ...files }),
  /** Also confirms it: setting any severity triages the ticket (P3, C5). */
  z.strictObject({
    kind: z.literal('set-severity'),
    severity: severitySchema,
    reason: bodySchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal('set-category'),
    category: categorySchema,
    /** A bug without a reproduced attempt needs one (W3). A feature of High or Critical is converted (C12). */
    reason: bodySchema.nullable(),
  }),
  /**
   * Makes it a feature request of severity Low and tells the customer, in one (P10, W5). The reason may be empty
   * only for a lead, from High or Critical (C12).
   */
  z.strictObject({
    kind: z.literal('convert-to-feature'),
    reason: bodySchema,
    message: writtenBodySchema,
  }),
  /** Category and severity as they were before that conversion (C12). */
  z.strictObject({ kind: z.literal('undo-conversion'), conversionId: commandIdSchema }),
  /** A fault of a SaaS customer's server, or none after all (P1, C15). */
  z.strictObject({ kind: z.literal('set-server-fault'), serverFault: z.boolean() }),
  z.strictObject({ kind: z.literal('assign'), assignee: idSchema.nullable() }),
  z.strictObject({ kind: z.literal('set-waiting') }),
  z.strictObject({ kind: z.literal('resolve') }),
  z.strictObject({ kind: z.literal('reopen') }),
  z.strictObject({
    kind: z.literal('close'),
    reason: z.enum(closeReasons),
    text: bodySchema,
  }),
  z.strictObject({ kind: z.literal('no-reply-needed'), text: bodySchema }),
  /** Takes "no reply needed" back (C3). */
  z.strictObject({ kind: z.literal('reply-needed') }),
  /** A public one is a reply, and the ticket then waits on the customer (W2, C7). */
  z.strictObject({
    kind: z.literal('request-data'),
    what: lineSchema.min(1),
    why: bodySchema,
    isPublic: z.boolean(),
    ...files,
  }),
  z.strictObject({
    kind: z.literal('set-data-request'),
    requestId: idSchema,
    state: z.enum(dataRequestStates),
  }),
  z.strictObject({
    kind: z.literal('escalate'),
    level: z.enum(escalationLevels),
    reason: z.enum(escalationReasons),
    text: bodySchema,
  }),
  z.strictObject({ kind: z.literal('acknowledge-escalation'), escalationId: idSchema }),
  /** Ends a group of held commands of this console on the ticket (S3). It must name them all. */
  z.strictObject({
    kind: z.literal('decide'),
    held: z
      .array(z.strictObject({ id: commandIdSchema, as: z.enum(['replaced', 'discarded']) }))
      .min(1)
      .max(1_000),
  }),
]);
export type Action = z.infer<typeof actionSchema>;
export type ActionKind = Action['kind'];

/** One agent's change to one ticket on its way to the desk (S2). */
export const commandSchema = z.strictObject({
  id: commandIdSchema,
  agentId: idSchema,
  consoleId: idSchema,
  /** Order in the console's journal. */
  seq: z.int().positive(),
  /** The command of this console on this ticket that must be decided first; fixed when marked sent. */
  after: commandIdSchema.nullable(),
  ticketId: idSchema,
  /** Version of the ticket its agent saw. */
  baseVersion: versionSchema,
  /** Version of the newest message that was on the agent's screen when the key was pressed (S3). */
  threadSeen: versionSchema,
  /** The agent's own time, only shown (C6). */
  writtenAt: instantSchema,
  /** Not sent before this instant of the console's clock, so that it can be withdrawn (S17). */
  notBefore: instantSchema.nullable(),
  /** The command whose change this one takes back: it has effect only while that one's value stands (S17). */
  undoes: commandIdSchema.nullable(),
  /**
   * Sent before to a desk that was since put back from a backup, which may not know it (S7). What speaks to the
   * customer comes back as held: it may have reached them already.
   */
  afterRestore: z.boolean(),
  action: actionSchema,
});
export type Command = z.infer<typeof commandSchema>;

/** What a screen hands over for a new command; main adds who, where, when and the order. */
export const commandDraftSchema = commandSchema.pick({
  ticketId: true,
  baseVersion: true,
  threadSeen: true,
  undoes: true,
  action: true,
});
export type CommandDraft = z.infer<typeof commandDraftSchema>;
