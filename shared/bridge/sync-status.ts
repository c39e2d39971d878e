import { z } from 'zod';
import { instantSchema } from '../base/ids.ts';

/** What only the agent can decide (S7). Until then nothing here is lost and nothing is sent. */
export const syncQuestionSchema = z.discriminatedUnion('kind', [
  /** The desk was put back from a backup: rebuild what it gave and send it again what it may have lost? */
  z.strictObject({ kind: z.literal('restored') }),
  /** The desk lists far fewer tickets than are held here: take away so many of them? */
  z.strictObject({
    kind: z.literal('short-list'),
    removing: z.int().positive(),
    held: z.int().nonnegative(),
  }),
]);
export type SyncQuestion = z.infer<typeof syncQuestionSchema>;

/** What the status bar says of the desk; the truth, not a hope. */
export const syncStatusSchema = z.strictObject({
  connection: z.enum([
    /** At start, before the first answer. */
    'connecting',
    'online',
    'offline',
    /** The agent chose to work offline. */
    'paused',
    /** The desk does not take the sign-in, or no longer: work goes on, pushing waits (S9). */
    'signed-out',
    /** The sign-in was taken away: what the desk gave is deleted here, own changes are kept (S9). */
    'revoked',
    /** Needs the agent: a question, another desk, or a console too old (S7, S11). */
    'stopped',
  ]),
  /** Why, in words; null while online. */
  reason: z.string().max(500).nullable(),
  /** Since when the connection is what it is; this and what follows: ms since epoch, desk time. */
  sinceAt: instantSchema,
  lastSyncAt: instantSchema.nullable(),
  /** Commands that the desk has not decided on. */
  waiting: z.int().nonnegative(),
  /** Held, superseded and refused commands that the agent has not dealt with. */
  conflicts: z.int().nonnegative(),
  /** Desk clock less this machine's now, ms; null before the first answer ever (C9). */
  offsetMs: z.number().nullable(),
  clock: z.strictObject({
    /** Has the desk told the time since this program started? */
    isConfirmed: z.boolean(),
    /** When it did last, also in an earlier run; null where nobody knows. */
    confirmedAt: instantSchema.nullable(),
  }),
  /** A first sync counts tickets, a console that is a long way behind counts changes. */
  progress: z
    .strictObject({
      of: z.enum(['tickets', 'changes']),
      done: z.int().nonnegative(),
      total: z.int().nonnegative(),
    })
    .nullable(),
  /** What sync waits for the agent to say (S7); only while it is stopped, and answered by `sync.answer`. */
  question: syncQuestionSchema.nullable(),
});
export type SyncStatus = z.infer<typeof syncStatusSchema>;
