import { z } from 'zod';
import type { Severity } from '../../shared/policy/severity.ts';
import { logTimeZone, readLocalTime } from './local-time.ts';

/** The columns of a log, in their order. */
export const logColumns = [
  'case',
  'activity',
  'resource',
  'at',
  'customer',
  'product',
  'seriousness',
  'service_level',
  'service_type',
  'workgroup',
] as const;

export const activities = [
  'Insert ticket',
  'Assign seriousness',
  'Take in charge ticket',
  'Wait',
  'Require upgrade',
  'Create SW anomaly',
  'Resolve SW anomaly',
  'Schedule intervention',
  'Resolve ticket',
  'RESOLVED',
  'VERIFIED',
  'INVALID',
  'DUPLICATE',
  'Closed',
] as const;
export type Activity = (typeof activities)[number];

/** The log does not say which end is worse: by how often each comes, 3 is the worst and 1 the least. */
const severityOf: Readonly<Record<string, Severity>> = {
  '1': 'low',
  '2': 'medium',
  '3': 'critical',
  '4': 'high',
};

const number = z.string().regex(/^\d{1,9}$/, 'is not a number');

/** One event, with its severity and its instant (ms since epoch, UTC). */
export const logRowSchema = z.object({
  case: number,
  activity: z.enum(activities, { error: ({ input }) => `${shown(input)} is not a known activity` }),
  resource: number,
  at: z.string().transform((text, context) => {
    const at = readLocalTime(text, logTimeZone);
    if (at !== null) return at;
    context.addIssue({
      code: 'custom',
      message: `${shown(text)} is not a time such as 2012-06-01T12:00:00`,
    });
    return z.NEVER;
  }),
  customer: number,
  product: number,
  seriousness: z.string().transform((text, context) => {
    const severity = Object.hasOwn(severityOf, text) ? severityOf[text] : undefined;
    if (severity !== undefined) return severity;
    context.addIssue({
      code: 'custom',
      message: `${shown(text)} is not a seriousness from 1 to 4`,
    });
    return z.NEVER;
  }),
  service_level: number,
  service_type: number,
  workgroup: number,
});

/** An event of the log with the line it stands on. */
export type LogEvent = z.infer<typeof logRowSchema> & { readonly line: number };

/** A value as a message may show it: short, and without what would disturb a terminal. */
export function shown(input: unknown): string {
  const text = typeof input === 'string' ? input : String(input);
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return JSON.stringify(short.replace(/[\p{Cc}\p{Cf}\u{2028}\u{2029}]/gu, '?'));
}
