import { actionSchema } from '../../shared/tickets/command.ts';
import type { Action } from '../../shared/tickets/command.ts';

/** By how many characters the texts of an action are beyond what can be sent; 0 where all of it fits. */
export function charactersTooMany(action: Action): number {
  const parsed = actionSchema.safeParse(action);
  if (parsed.success) return 0;
  return parsed.error.issues.reduce((sum, issue) => {
    if (issue.code !== 'too_big') return sum;
    const text = issue.path.reduce<unknown>(
      (value, key) => (isRecord(value) ? value[String(key)] : undefined),
      action,
    );
    return typeof text === 'string' ? sum + text.length - Number(issue.maximum) : sum;
  }, 0);
}

export function tooLongWords(tooMany: number): string {
  return `This is ${tooMany.toLocaleString('en')} character${tooMany === 1 ? '' : 's'} too long to send.`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
