import { z } from 'zod';
import { commandIdSchema, idSchema, instantSchema, versionSchema } from '../base/ids.ts';
import { clockIds } from '../policy/clock-id.ts';
import { severitySchema } from '../policy/severity.ts';
import { calendarKinds, traceStepSchema } from '../policy/trace-step.ts';
import {
  attemptOutcomes,
  categorySchema,
  channels,
  dataRequestStates,
  licences,
  statusSchema,
} from './fields.ts';
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

/** A run of a clock, known by what began it: its instant, and its place in the desk's order (C6, C11). */
const runSchema = z.strictObject({ fromAt: instantSchema, version: versionSchema });
export type Run = z.infer<typeof runSchema>;

/** A missed due, recorded once for each run of a clock and never derived again (C11). */
export const missSchema = z.strictObject({
  clock: z.enum(clockIds),
  run: runSchema,
  dueAt: instantSchema,
  severity: severitySchema,
  calendar: z.enum(calendarKinds),
  /** Why it was due then, as it stood when it was missed. */
  trace: z.array(traceStepSchema),
  /** When the run ended at last; null while it goes on. */
  endedAt: instantSchema.nullable(),
  /** How late that was, ms; the desk adds it when the run has ended. */
  late: z
    .strictObject({ wallMs: z.int().nonnegative(), countedMs: z.int().nonnegative() })
    .nullable(),
});
export type Miss = z.infer<typeof missSchema>;

/** A due that a new policy would have put before its own coming into force (C14). */
export const policyStepSchema = z.strictObject({
  clock: z.enum(clockIds),
  run: runSchema,
  /** The rules it belongs to: only under these it counts. */
  rules: z.int().nonnegative(),
  /** When they came into force. */
  at: instantSchema,
  /** Its place in the fold: how many severity steps, and asked-for severities, there were. */
  afterSteps: z.int().nonnegative(),
  afterAsked: z.int().nonnegative(),
  dueAt: instantSchema,
});
export type PolicyStep = z.infer<typeof policyStepSchema>;

/** A customer's message that nobody has answered (C3). */
const unansweredSchema = z.strictObject({
  /** Received. */
  at: instantSchema,
  version: versionSchema,
  /** How many severity steps the desk had accepted before it (C6). */
  fromStep: z.int().positive(),
});

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
  submittedVersion: versionSchema,
  /** Every severity the customer asked for, in the order the desk took them in (P3, C5, C10); `at` is received. */
  asked: z.array(
    z.strictObject({ severity: severitySchema, at: instantSchema, version: versionSchema }),
  ),
  severity: stamped(severitySchema),
  /** A fault of a SaaS customer's server: counts around the clock where the policy says so (P1, C15). */
  serverFault: stamped(z.boolean()),
  /** The given severities in the order the desk accepted them, the first from submission (C10). */
  severitySteps: z
    .array(
      z.strictObject({
        severity: severitySchema,
        serverFault: z.boolean(),
        at: instantSchema,
        /** How many asked-for severities the desk knew of then. */
        afterAsked: z.int().nonnegative(),
        agentId: idSchema.nullable(),
        /** Taken out of the fold: the conversion that made it was undone (C12). */
        withdrawn: z.boolean(),
      }),
    )
    .min(1),
  triaged: stamped(z.boolean()),
  /** The asked-for severities that the current or last run of C5 is about: from one, up to where triage ended it. */
  triageFromAsk: z.int().nonnegative(),
  triageEndAsk: z.int().nonnegative().nullable(),
  category: stamped(categorySchema),
  status: stamped(statusSchema),
  assignee: stamped(idSchema.nullable()),

  /** Where C1 counts from: the submission, or the message that reopened a ticket never answered (C13). Received. */
  responseFromAt: instantSchema,
  responseFromVersion: versionSchema,
  /** How many severity steps the desk had accepted when C1 began, and when it ended: order goes by version (C6). */
  responseFromStep: z.int().positive(),
  responseEndStep: z.int().positive().nullable(),
  /** First public reply, which ends C1 and C2. */
  firstReplyAt: instantSchema.nullable(),
  /** Oldest customer message that nobody has answered, once C1 has ended (C3); `at` is received. */
  unanswered: unansweredSchema.nullable(),
  /** What "no reply needed" took away, so that it can be undone (C3); null once something newer came. */
  dismissed: unansweredSchema.nullable(),
  lastReplyAt: instantSchema.nullable(),
  lastReplyVersion: versionSchema,
  /** Version of the newest customer message; what a held command is judged by (S3). */
  lastCustomerMessageVersion: versionSchema,
  /** Version of the newest public reply by each agent (S3). */
  replyVersions: z.record(idSchema, versionSchema),
  /** When a bug was certified (C4); null for what is not one. */
  certifiedAt: instantSchema.nullable(),
  certifiedVersion: versionSchema,
  /** When C4 stood still, or would have, since the later of certification and last public reply (C13). */
  updatePauses: z.array(interval),
  /** The closing that stands, with what an agent who reopens takes up again; null while it is not closed (C13). */
  closing: z
    .strictObject({
      at: instantSchema,
      version: versionSchema,
      unanswered: unansweredSchema.nullable(),
    })
    .nullable(),
  /** Runs that began up to here were excused for good: the customer wrote again after a closing (C13). */
  excusedUpTo: runSchema.nullable(),
  /** The conversion to a feature request that can be undone (C12, W5). */
  conversion: z
    .strictObject({
      /** The command that made it. */
      id: commandIdSchema,
      fromCategory: categorySchema,
      fromSeverity: severitySchema,
      fromCertifiedAt: instantSchema.nullable(),
      fromCertifiedVersion: versionSchema,
      /** Its own severity step; null where it was Low already. */
      step: z.int().positive().nullable(),
    })
    .nullable(),
  misses: z.array(missSchema),
  /** Dues that a policy version moved (C14). */
  policySteps: z.array(policyStepSchema),

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
  /** What the customer was asked for, or is to be (W2, C7). */
  dataRequests: z.array(
    z.strictObject({
      /** The command that made it. */
      id: idSchema,
      what: lineSchema,
      /** Sent to the customer; else it is kept for ourselves. */
      isPublic: z.boolean(),
      at: instantSchema,
      agentId: idSchema,
      state: stamped(z.enum(dataRequestStates)),
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
