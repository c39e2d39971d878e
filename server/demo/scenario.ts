import { invariant } from '../../shared/base/assert.ts';
import type { Severity } from '../../shared/policy/severity.ts';
import type { Category, Licence } from '../../shared/tickets/fields.ts';

/**
 * One story that a ticket can tell. Every ticket shows as much of it as its state has reached. Texts hold
 * `{facts}` that are filled for each ticket, so that two tickets of one scenario do not read alike.
 */
export type Scenario = {
  readonly id: string;
  /** What it turns out to be. */
  readonly kind: Exclude<Category, 'uncategorised'>;
  readonly severity: Severity;
  /** Where it can only happen; left out where both. */
  readonly licence?: Licence;
  readonly subjects: readonly string[];
  readonly openings: readonly string[];
  /** The first public reply: asks for what is missing, or helps at once. */
  readonly firstReply: string;
  /** What the customer says to that. */
  readonly answer: string;
  readonly note: string;
  readonly secondReply: string;
  /** The public reply that ends it. */
  readonly resolution: string;
  readonly attempt?: { readonly steps: string; readonly expected: string; readonly actual: string };
};

export const factNames = [
  'contact',
  'first',
  'org',
  'agent',
  'version',
  'oldVersion',
  'host',
  'n',
  'n2',
  'percent',
  'user',
  'php',
  'db',
  'browser',
  'os',
  'time',
  'later',
  'day',
  'ms',
  'queue',
  'other',
  'ip',
  'hash',
] as const;
export type FactName = (typeof factNames)[number];
export type Facts = Readonly<Record<FactName, string>>;

/** Fills a text's `{facts}`. An unknown one is a slip in a scenario. */
export function fill(text: string, facts: Facts): string {
  return text.replace(/\{([a-zA-Z0-9]+)\}/g, (_, name: string) => {
    const value = (facts as Readonly<Record<string, string>>)[name];
    invariant(value !== undefined, `a scenario names the unknown fact {${name}}`);
    return value;
  });
}
