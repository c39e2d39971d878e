import { z } from 'zod';
import { idSchema, instantSchema, versionSchema } from '../base/ids.ts';
import { clockIds } from '../policy/clock-id.ts';
import { severitySchema } from '../policy/severity.ts';

/** What goes between a lead and the desk when the policy is edited (C14, C15). Needs the desk: nothing is queued. */

/** POST /v1/policy/preview: what a document would do, were it in force now. Parsed by the desk, which names its faults. */
export const policyPreviewRequestSchema = z.strictObject({
  protocol: z.int().positive(),
  document: z.unknown(),
});
export type PolicyPreviewRequest = z.infer<typeof policyPreviewRequestSchema>;

/** POST /v1/policy: puts a document in force. */
export const policySaveRequestSchema = policyPreviewRequestSchema.extend({
  /** The rules that the editor began with: nobody's change is overwritten unseen. */
  baseRules: z.int().positive(),
});
export type PolicySaveRequest = z.infer<typeof policySaveRequestSchema>;

const count = z.int().nonnegative();

/** How many running clocks of a kind would move, and by how much wall time. */
const clockEffectSchema = z.object({
  clock: z.enum(clockIds),
  earlier: count,
  later: count,
  /** Clocks that only the new rules, or only the old ones, have. */
  begins: count,
  ends: count,
  /** Of those that move, by size, ms. */
  medianMoveMs: count,
  largestMoveMs: count,
});

/** What new rules do to the open tickets (C14). */
export const policyEffectSchema = z.object({
  /** When it was reckoned, desk time. */
  at: instantSchema,
  openTickets: count,
  /** Open tickets on which any running clock moves, begins or ends. */
  changedTickets: count,
  byClock: z.array(clockEffectSchema),
  overdueBefore: count,
  overdueAfter: count,
  atRiskBefore: count,
  atRiskAfter: count,
  /** The largest moves, at most 50. */
  examples: z.array(
    z.object({
      ticketId: idSchema,
      reference: z.string(),
      clock: z.enum(clockIds),
      severity: severitySchema,
      fromAt: instantSchema.nullable(),
      toAt: instantSchema.nullable(),
    }),
  ),
});
export type PolicyEffect = z.infer<typeof policyEffectSchema>;

export const documentFaultSchema = z.object({ path: z.string(), reason: z.string() });

/** The desk's answer to both. */
export const policyAnswerSchema = z.discriminatedUnion('kind', [
  /** The document is refused; what was in force stays (C15). */
  z.object({ kind: z.literal('faults'), faults: z.array(documentFaultSchema).min(1) }),
  z.object({ kind: z.literal('preview'), effect: policyEffectSchema }),
  z.object({
    kind: z.literal('saved'),
    version: versionSchema,
    rules: z.int().positive(),
    effect: policyEffectSchema,
  }),
  /** It is what is in force already. */
  z.object({ kind: z.literal('unchanged'), rules: z.int().positive() }),
  /** Somebody else saved rules since: look at them first. */
  z.object({ kind: z.literal('outdated'), rules: z.int().positive() }),
]);
export type PolicyAnswer = z.infer<typeof policyAnswerSchema>;
