import { z } from 'zod';
import { severities } from '../../shared/policy/severity.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import { escalationLevels } from '../../shared/tickets/escalation-level.ts';
import type { EscalationLevel } from '../../shared/tickets/escalation-level.ts';

/** A document as far as a form can show it: what should be a number may still be text (C15). */
const typed = z.union([z.number(), z.string()]);
const perSeverity = <T extends z.ZodType>(value: T) =>
  z.strictObject({ critical: value, high: value, medium: value, low: value });
const contactSchema = z.strictObject({
  name: z.string(),
  address: z.string(),
  acknowledgeWithinMinutes: typed,
});
const shiftSchema = z.strictObject({
  name: z.string(),
  days: z.array(z.string()),
  from: z.string(),
  until: z.string(),
});

export const looseDocumentSchema = z.strictObject({
  timeZone: z.string(),
  holidays: z.array(z.string()),
  targetHours: perSeverity(typed),
  firstContactHours: typed.nullable(),
  progressUpdateDays: typed,
  onSeverityChange: z.string(),
  atRiskMinutes: perSeverity(typed),
  alertMinutesBefore: perSeverity(z.array(typed)),
  escalationContacts: z.strictObject({
    'support-lead': contactSchema,
    development: contactSchema,
    'product-management': contactSchema,
    management: contactSchema,
    customer: contactSchema,
  }),
  shifts: z.record(z.string(), z.array(shiftSchema)),
  serverSupport24x7: z.boolean(),
});
export type LooseDocument = z.infer<typeof looseDocumentSchema>;
type Typed = z.infer<typeof typed>;

export type ContactForm = { name: string; address: string; acknowledgeWithinMinutes: string };
export type ShiftForm = LooseDocument['shifts'][string][number];

/** What stands in the controls: numbers as they are typed. */
export type PolicyForm = {
  timeZone: string;
  holidays: readonly string[];
  targetHours: Readonly<Record<Severity, string>>;
  firstContactOn: boolean;
  firstContactHours: string;
  progressUpdateDays: string;
  onSeverityChange: string;
  atRiskMinutes: Readonly<Record<Severity, string>>;
  alertMinutesBefore: Readonly<Record<Severity, string>>;
  escalationContacts: Readonly<Record<EscalationLevel, ContactForm>>;
  shifts: readonly { team: string; shifts: readonly ShiftForm[] }[];
  serverSupport24x7: boolean;
};

/** Offered where the clock is switched on again (P4: one business day). */
const FIRST_CONTACT_HOURS = '24';

export function formOf(document: LooseDocument): PolicyForm {
  const { firstContactHours, escalationContacts } = document;
  return {
    timeZone: document.timeZone,
    holidays: document.holidays,
    targetHours: eachSeverity((severity) => String(document.targetHours[severity])),
    firstContactOn: firstContactHours !== null,
    firstContactHours: firstContactHours === null ? FIRST_CONTACT_HOURS : String(firstContactHours),
    progressUpdateDays: String(document.progressUpdateDays),
    onSeverityChange: document.onSeverityChange,
    atRiskMinutes: eachSeverity((severity) => String(document.atRiskMinutes[severity])),
    alertMinutesBefore: eachSeverity((severity) =>
      document.alertMinutesBefore[severity].join(', '),
    ),
    escalationContacts: eachLevel((level) => ({
      name: escalationContacts[level].name,
      address: escalationContacts[level].address,
      acknowledgeWithinMinutes: String(escalationContacts[level].acknowledgeWithinMinutes),
    })),
    shifts: Object.entries(document.shifts).map(([team, shifts]) => ({ team, shifts })),
    serverSupport24x7: document.serverSupport24x7,
  };
}

/** The document that the controls say. What is no number stays as it was typed, for the check to find. */
export function documentOf(form: PolicyForm): LooseDocument {
  return {
    timeZone: form.timeZone,
    holidays: [...form.holidays],
    targetHours: eachSeverity((severity) => numberOr(form.targetHours[severity])),
    firstContactHours: form.firstContactOn ? numberOr(form.firstContactHours) : null,
    progressUpdateDays: numberOr(form.progressUpdateDays),
    onSeverityChange: form.onSeverityChange,
    atRiskMinutes: eachSeverity((severity) => numberOr(form.atRiskMinutes[severity])),
    alertMinutesBefore: eachSeverity((severity) => numbersOr(form.alertMinutesBefore[severity])),
    escalationContacts: eachLevel((level) => {
      const { name, address, acknowledgeWithinMinutes } = form.escalationContacts[level];
      return { name, address, acknowledgeWithinMinutes: numberOr(acknowledgeWithinMinutes) };
    }),
    shifts: Object.fromEntries(form.shifts.map(({ team, shifts }) => [team, [...shifts]])),
    serverSupport24x7: form.serverSupport24x7,
  };
}

/** Only plain figures: `1,5` and `1,000` mean different things to different people. */
export function numberOr(text: string): Typed {
  const trimmed = text.trim();
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}

/** A list with commas; one comma at its end is somebody still typing. */
function numbersOr(text: string): Typed[] {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.at(-1) === '') parts.pop();
  return parts.map(numberOr);
}

function eachSeverity<T>(make: (severity: Severity) => T): Record<Severity, T> {
  return Object.fromEntries(severities.map((each) => [each, make(each)])) as Record<Severity, T>;
}

function eachLevel<T>(make: (level: EscalationLevel) => T): Record<EscalationLevel, T> {
  return Object.fromEntries(escalationLevels.map((each) => [each, make(each)])) as Record<
    EscalationLevel,
    T
  >;
}
