import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** What a setting must be, by the schema's name for it. */
const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of settings',
  record: 'a group of settings',
};

/** Why a setting is refused, in words that follow its name (C15). `document` is what was checked. */
export function faultWords(issue: Issue, document: unknown): string {
  if (valueAt(document, issue.path) === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return issue.format === 'date' ? 'must be a date such as 2026-12-25' : issue.message;
    case 'invalid_key':
      return `is no id: ${issue.issues[0]?.message ?? 'not valid'}`;
    case 'too_small':
      return issue.origin === 'number' ? `must be more than ${issue.minimum}` : 'must not be empty';
    case 'too_big':
      return `must ${mostWords(issue.origin, issue.maximum)}`;
    default:
      return issue.message;
  }
}

function mostWords(origin: string, maximum: number | bigint): string {
  switch (origin) {
    case 'string':
      return `have at most ${maximum} characters`;
    case 'array':
      return `have at most ${maximum} entries`;
    default:
      return `be at most ${maximum}`;
  }
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[name];
  }
  return value;
}
