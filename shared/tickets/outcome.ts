import { z } from 'zod';
import { idSchema, instantSchema, versionSchema } from '../base/ids.ts';

/** Why a command was refused: a code for programs and words for people. */
export const refusalSchema = z.strictObject({
  code: z.enum([
    'no-such-ticket',
    'not-allowed',
    'bad-command',
    'nothing-to-do',
    'needs-reason',
    'needs-message',
    'needs-attempt',
    'not-held',
    'closed',
  ]),
  message: z.string().max(2_000),
});
export type Refusal = z.infer<typeof refusalSchema>;

const accepted = { version: versionSchema, acceptedAt: instantSchema };

/** What the desk decided; it never changes once given (S3). */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('applied'), ...accepted }),
  z.strictObject({ kind: z.literal('merged'), ...accepted }),
  z.strictObject({
    kind: z.literal('superseded'),
    ...accepted,
    field: z.enum([
      'severity',
      'server-fault',
      'category',
      'status',
      'assignee',
      'escalation',
      'data-request',
    ]),
    /** The value that stands, as text, and who set it. */
    standing: z.string().max(200),
    wanted: z.string().max(200),
    standingAgentId: idSchema.nullable(),
    standingAt: instantSchema,
  }),
  z.strictObject({
    kind: z.literal('held'),
    ...accepted,
    /** `group`: an earlier command of the same console on this ticket is held. */
    because: z.enum(['customer-message', 'agent-reply', 'group', 'after-restore']),
  }),
  z.strictObject({ kind: z.literal('refused'), ...accepted, refusal: refusalSchema }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;
export type OutcomeKind = Outcome['kind'];
