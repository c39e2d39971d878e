import { z } from 'zod';
import { idSchema, instantSchema } from '../base/ids.ts';
import { severitySchema } from './severity.ts';

/** Does time count around the clock, or Monday to Saturday less holidays (P2, C8)? */
export const calendarKinds = ['always', 'business'] as const;
export type CalendarKind = (typeof calendarKinds)[number];

const byAgent = z.strictObject({ agentId: idSchema.nullable() });

/** What a step did to a clock. Words for it are in trace-words.ts. */
export const traceEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('started'),
    by: z.enum(['submission', 'reopening', 'message', 'certified', 'update', 'asked']),
    severity: severitySchema,
    targetMs: z.int().nonnegative(),
    calendar: z.enum(calendarKinds),
  }),
  byAgent.extend({
    kind: z.literal('reclassified'),
    /** The same where only the server-fault mark changed. */
    from: severitySchema,
    to: severitySchema,
    calendar: z.enum(calendarKinds),
    raised: z.boolean(),
    /** Which of C10's candidates is the due now. */
    by: z.enum([
      /** Past already: a raise leaves it. */
      'past',
      /** The due it had is the earliest, or on lowering the latest. */
      'kept',
      /** The new target from the change. */
      'change',
      /** A due that the clock had at this severity or a lower one. */
      'had',
      /** The new target from when the customer asked for it. */
      'asked',
      /** The new target from where the clock counts from. */
      'origin',
      /** It would lie before the change, so it falls at the change. */
      'at-change',
    ]),
    /** What had been asked for, where that made the due; null otherwise. */
    asked: severitySchema.nullable(),
  }),
  /** C14: which rules the rest is counted by, where there were others when it began; `past` where it ended under those. */
  z.strictObject({ kind: z.literal('rules'), rules: z.int().positive(), past: z.boolean() }),
  /** C14: a new policy would have put the due before its own coming into force. */
  z.strictObject({ kind: z.literal('policy'), by: z.enum(['at-change', 'old-due']) }),
  /** C8: days between start and due that do not count; `more` is how many are not listed. */
  z.strictObject({
    kind: z.literal('not-counted'),
    days: z.array(z.strictObject({ date: z.iso.date(), why: z.enum(['sunday', 'holiday']) })),
    more: z.boolean(),
  }),
  /** C13: stood still until the given instant; null while it still does. */
  z.strictObject({ kind: z.literal('paused'), untilAt: instantSchema.nullable() }),
  z.strictObject({ kind: z.literal('missed'), severity: severitySchema }),
  z.strictObject({
    kind: z.literal('ended'),
    by: z.enum(['reply', 'triage']),
    /** Since the due that is missed; 0 where it was met. Wall time. */
    lateMs: z.int().nonnegative(),
  }),
  byAgent.extend({ kind: z.literal('stopped') }),
  byAgent.extend({ kind: z.literal('suspended') }),
  byAgent.extend({ kind: z.literal('excused') }),
]);
export type TraceEvent = z.infer<typeof traceEventSchema>;

/** One step of the reason for a due: the rule, when, what it did, and the due that it left (C15). */
export const traceStepSchema = z.strictObject({
  rule: z.string().min(2).max(4),
  /** ms since epoch, desk time. */
  at: instantSchema,
  dueAt: instantSchema.nullable(),
  what: traceEventSchema,
});
export type TraceStep = z.infer<typeof traceStepSchema>;
