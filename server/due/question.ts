import { z } from 'zod';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { calendarKinds } from '../../shared/policy/trace-step.ts';

/** The years whose instants are taken: what time-zone data speaks of, and far enough ahead. */
export const FIRST_START = Date.UTC(1900, 0, 1);
export const LAST_START = Date.UTC(3000, 0, 1) - 1;
/** The longest target, more than eleven years of hours. */
const MOST_HOURS = 100_000;
const MOST_HOLIDAYS = 5_000;

const questionSchema = z.strictObject({
  /** IANA. */
  zone: z.string().min(1).max(64),
  /** ms since epoch. */
  start: z.int().min(FIRST_START).max(LAST_START),
  hours: z.number().min(0).max(MOST_HOURS),
  holidays: z.array(z.iso.date()).max(MOST_HOLIDAYS).default([]),
  calendar: z.enum(calendarKinds).default('business'),
});
export type DueQuestion = z.infer<typeof questionSchema>;

/** One line of the calculator's input, or what is wrong with it and where. */
export function parseQuestion(line: string): Result<DueQuestion, string> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    const place = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
    const column = place === undefined ? line.length + 1 : Number(place) + 1;
    return err(line.trim() === '' ? 'the line is empty' : `not JSON: column ${column}`);
  }
  const parsed = questionSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return err(parsed.error.issues.map(issueWords).join('; '));
}

function issueWords(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.');
  const words = wordsOf(issue);
  return path === '' ? words : `${path}: ${words}`;
}

function wordsOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${issue.keys.join(', ')}: no such field`;
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? 'is missing'
        : `must be ${article(issue.expected)}`;
    case 'too_small':
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    case 'invalid_value':
      return `must be ${issue.values.map((each) => `"${String(each)}"`).join(' or ')}`;
    case 'invalid_format':
      return 'must be a date such as 2026-12-25';
    default:
      return issue.message;
  }
}

function article(type: string): string {
  switch (type) {
    case 'int':
      return 'a whole number';
    case 'array':
      return 'a list';
    case 'object':
      return 'an object';
    default:
      return `a ${type}`;
  }
}
