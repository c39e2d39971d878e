import { z } from 'zod';
import { idSchema, instantSchema, versionSchema } from '../base/ids.ts';
import { escalationLevels } from '../tickets/escalation-level.ts';

const hours = z.number().positive().max(10_000);
const minutes = z.number().positive().max(100_000);

function perSeverity<T extends z.ZodType>(value: T) {
  return z.strictObject({ critical: value, high: value, medium: value, low: value });
}

/** A calendar date without a zone, such as 2026-12-25. */
const dateSchema = z.iso.date();

/** Whom an escalation goes to and how long they have to acknowledge it (W6). */
const escalationContactSchema = z.strictObject({
  name: z.string().min(1).max(200),
  address: z.string().min(1).max(320),
  acknowledgeWithinMinutes: minutes,
});

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const timeOfDaySchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 06:30');

/** A shift that a team works; one whose end is not after its start goes on into the next day. */
const shiftSchema = z.strictObject({
  name: z.string().min(1).max(100),
  days: z.array(z.enum(weekdays)).min(1).max(7),
  from: timeOfDaySchema,
  until: timeOfDaySchema,
});

/** What a team can set of the support policy (C15). Refused with path and reason where it is bad. */
export const policyDocumentSchema = z.strictObject({
  timeZone: z.string().min(1).max(64),
  holidays: z.array(dateSchema).max(1_000),
  /** Hours to respond, by severity (P2). */
  targetHours: perSeverity(hours),
  /** Counted business hours to first contact (C2); null switches the clock off. */
  firstContactHours: hours.nullable(),
  /** A certified bug owes an update every so many x 24 counted business hours (C4). */
  progressUpdateDays: z.number().positive().max(365),
  onSeverityChange: z.enum(['fair', 'from-origin']),
  /** At risk when less than this is left, by wall time (U1). */
  atRiskMinutes: perSeverity(minutes),
  /** Alerts so many minutes before the due, largest first (A1). */
  alertMinutesBefore: perSeverity(z.array(minutes).max(12)),
  escalationContacts: z.strictObject(
    Object.fromEntries(escalationLevels.map((level) => [level, escalationContactSchema])) as Record<
      (typeof escalationLevels)[number],
      typeof escalationContactSchema
    >,
  ),
  /** When each team works, by team id, in the policy's zone (C15). */
  shifts: z.record(idSchema, z.array(shiftSchema).max(50)),
  /** Does a fault of a SaaS customer's server below Critical count around the clock (P1)? */
  serverSupport24x7: z.boolean(),
});
export type PolicyDocument = z.infer<typeof policyDocumentSchema>;

/** The first instant of each local date of the policy's zone, in order (C8, C15). */
export const dayTableSchema = z.strictObject({
  /** The date of the first entry. */
  firstDate: dateSchema,
  /** UTC instants; entry i is the start of firstDate + i days, and the last one only ends the day before it. */
  startsAt: z.array(instantSchema).min(2).max(20_000),
});
export type DayTable = z.infer<typeof dayTableSchema>;

/** One version of the document, with the day table the desk computed for it (C14, C15). */
export const policyVersionSchema = z.strictObject({
  version: versionSchema,
  /** The number of its rules: grows when the document changes, not when only the day table is renewed (C14, C15). */
  rules: z.int().positive(),
  /** When these rules came into force, ms since epoch. */
  rulesAt: instantSchema,
  /** Who saved them; null for the first ones. */
  agentId: idSchema.nullable(),
  document: policyDocumentSchema,
  days: dayTableSchema,
});
export type PolicyVersion = z.infer<typeof policyVersionSchema>;

/** The vendor's own figures (P2) and our readings of the rest (policy settings). */
export const defaultPolicyDocument: PolicyDocument = {
  timeZone: 'UTC',
  holidays: [],
  targetHours: { critical: 2, high: 12, medium: 24, low: 48 },
  firstContactHours: 24,
  progressUpdateDays: 3,
  onSeverityChange: 'fair',
  atRiskMinutes: { critical: 60, high: 180, medium: 360, low: 720 },
  alertMinutesBefore: { critical: [60, 30, 15, 5], high: [120, 30], medium: [240, 60], low: [480] },
  escalationContacts: {
    'support-lead': {
      name: 'Support lead',
      address: 'support-lead@example.com',
      acknowledgeWithinMinutes: 30,
    },
    development: {
      name: 'Development on duty',
      address: 'development@example.com',
      acknowledgeWithinMinutes: 240,
    },
    'product-management': {
      name: 'Product management',
      address: 'product@example.com',
      acknowledgeWithinMinutes: 1440,
    },
    management: {
      name: 'Head of support',
      address: 'management@example.com',
      acknowledgeWithinMinutes: 60,
    },
    customer: {
      name: 'Escalation desk',
      address: 'escalation@example.com',
      acknowledgeWithinMinutes: 60,
    },
  },
  shifts: {},
  serverSupport24x7: false,
};
