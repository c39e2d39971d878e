import type { PolicyDocument } from '../../shared/policy/policy-document.ts';

/** What differs between two documents, a line for each setting: `targetHours.low: 48 -> 24`. */
export function documentChanges(before: PolicyDocument, after: PolicyDocument): string[] {
  return differences('', before, after);
}

function differences(path: string, before: unknown, after: unknown): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isRecord(before) || !isRecord(after)) return [`${path}: ${say(before)} -> ${say(after)}`];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) =>
    differences(path === '' ? key : `${path}.${key}`, before[key], after[key]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function say(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}
