import { z } from 'zod';
import { idSchema, instantSchema, versionSchema } from '../base/ids.ts';
import { severitySchema } from '../policy/severity.ts';
import { attemptOutcomes, categorySchema, channels, licences, statusSchema } from './fields.ts';
import { escalationLevels, escalationReasons } from './escalation-level.ts';
import { lineSchema } from './text.ts';

/** A field's value with who set it and at which version: what `decide` compares with (S3). */
function stamped<T extends z.ZodType>(value: T) {
  return z.strictObject({
    value,
    version: versionSchema,
    /** acceptedAt of the change, ms since epoch. */
    at: instantSchema,
    agentId: idSchema.nullable(),
    consoleId: idSchema.nullable(),
    commandId: idSchema.nullable(),
  });
}

const interval = z.strictObject({ fromAt: instantSchema, toAt: instantSchema.nullable() });

/** The clocks of policy rules C1 to C5. */
export const clockIds = ['C1', 'C2', 'C3', 'C4', 'C5'] as const;
export type ClockId = (typeof clockIds)[number];

/** A missed due, recorded once for each run of a clock and never derived again (C11). */
export const missSchema = z.strictObject({
  clock: z.enum(clockIds),
  /** The run it belongs to: the instant the run counts from. */
  runFromAt: instantSchema,
  dueAt: instantSchema,
  severity: severitySchema,
  /** When the clock ended at last; null while it still runs. */
  endedAt: instantSchema.nullable(),
});
export type Miss = z.infer<typeof missSchema>;

/**
 * No list here has a limit of its own: what the desk has stored every console must be able to read.
 *
 * A ticket's head row: the queue row, and every fact that clocks need, so that 50,000 dues need no entries.
 * Instants are acceptedAt in ms since epoch, except those marked received (C6).
 */
export const ticketHeadSchema = z.strictObject({
  id: idSchema,
  /** What people call it, such as VH-20421. */
  reference: z.string().min(1).max(32),
  /** Desk version of the newest change. */
  version: versionSchema,
  subject: lineSchema,
  customer: z.strictObject({
    id: idSchema,
    organisation: lineSchema,
    contact: lineSchema,
    address: z.string().max(320),
    licence: z.enum(licences),
  }),
  channel: z.enum(channels),
  teamId: idSchema,

  /** Received. */
  submittedAt: instantSchema,
  /** Every severity the customer asked for, oldest first (P3, C5, C10); `at` is received. */
  asked: z.array(z.strictObject({ severity: severitySchema, at: instantSchema })),
  severity: stamped(severitySchema),
  /** The given severities in the order the desk accepted them, the first from submission (C10). */
  severitySteps: z.array(z.strictObject({ severity: severitySchema, at: instantSchema })).min(1),
  triaged: stamped(z.boolean()),
  category: stamped(categorySchema),
  status: stamped(statusSchema),
  assignee: stamped(idSchema.nullable()),

  /** Where C1 counts from: the submission, or the message that reopened a ticket never answered (C13). Received. */
  responseFromAt: instantSchema,
  /** How many severity steps the desk had accepted when C1 began, and when it ended: order goes by version (C6). */
  responseFromStep: z.int().positive(),
  responseEndStep: z.int().positive().nullable(),
  /** First public reply, which ends C1 and C2. */
  firstReplyAt: instantSchema.nullable(),
  /** Oldest customer message that nobody has answered, once C1 has ended (C3); `at` is received. */
  unanswered: z
    .strictObject({
      at: instantSchema,
      version: versionSchema,
      /** How many severity steps the desk had accepted before it (C6). */
      fromStep: z.int().positive(),
    })
    .nullable(),
  lastReplyAt: instantSchema.nullable(),
  /** Version of the newest customer message; what a held command is judged by (S3). */
  lastCustomerMessageVersion: versionSchema,
  /** Version of the newest public reply by each agent (S3). */
  replyVersions: z.record(idSchema, versionSchema),
  /** When a bug was certified (C4); null for what is not one. */
  certifiedAt: instantSchema.nullable(),
  /** When C4 stood still since the later of certification and last public reply (C13). */
  updatePauses: z.array(interval),
  misses: z.array(missSchema),
  /** Dues that a policy version moved (C14). */
  policySteps: z.array(
    z.strictObject({
      clock: z.enum(clockIds),
      runFromAt: instantSchema,
      at: instantSchema,
      version: versionSchema,
      dueAt: instantSchema,
    }),
  ),

  attempts: z.strictObject({
    count: z.int().nonnegative(),
    lastOutcome: z.enum(attemptOutcomes).nullable(),
    /** Has any attempt reproduced it (W3)? */
    reproduced: z.boolean(),
  }),
  escalations: z.array(
    z.strictObject({
      /** The command that made it. */
      id: idSchema,
      level: z.enum(escalationLevels),
      reason: z.enum(escalationReasons),
      at: instantSchema,
      agentId: idSchema,
      acknowledged: stamped(z.boolean()),
    }),
  ),
  /** The last thing that a person did on it. */
  lastActivityAt: instantSchema,
});
export type TicketHead = z.infer<typeof ticketHeadSchema>;

export type Stamped<T> = {
  value: T;
  version: number;
  at: number;
  agentId: string | null;
  consoleId: string | null;
  commandId: string | null;
};
