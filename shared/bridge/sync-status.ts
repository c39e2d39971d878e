import { z } from 'zod';
import { instantSchema } from '../base/ids.ts';

/** What the status bar says of the desk; the truth, not a hope. */
export const syncStatusSchema = z.strictObject({
  connection: z.enum([
    /** At start, before the first answer. */
    'connecting',
    'online',
    'offline',
    /** The agent chose to work offline. */
    'paused',
    /** The desk does not take the sign-in (S9). */
    'signed-out',
    /** Needs the agent: another desk or epoch, or a console too old (S7, S11). */
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
  /** First sync or a long way behind: versions stored and to go. */
  progress: z
    .strictObject({ done: z.int().nonnegative(), total: z.int().nonnegative() })
    .nullable(),
});
export type SyncStatus = z.infer<typeof syncStatusSchema>;
