import { z } from 'zod';
import { idSchema, instantSchema } from '../base/ids.ts';
import { severitySchema } from '../policy/severity.ts';
import { clockIds } from '../policy/clock-id.ts';

/** One row of the alert ledger (A2, A4). */
export const alertRecordSchema = z.strictObject({
  /** (ticket, clock, due, threshold) or (ticket, clock, due, repeat n): at most one notification each (A2). */
  key: z.string().min(1).max(300),
  ticketId: idSchema,
  reference: z.string().max(32),
  subject: z.string().max(300),
  clock: z.enum(clockIds),
  severity: severitySchema,
  dueAt: instantSchema,
  /** When it was decided; ms since epoch. */
  at: instantSchema,
  state: z.enum([
    'to-be-shown',
    'shown',
    'clicked',
    'snoozed',
    'acknowledged',
    'suppressed',
    'failed',
  ]),
  /** Why it was suppressed or failed, or that it stood in a digest. */
  detail: z.string().max(300).nullable(),
});
export type AlertRecord = z.infer<typeof alertRecordSchema>;
