import { pick } from './random.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios/all.ts';

const before = ['Re: ', 'Fwd: ', 'AW: ', 'URGENT: ', '[{org}] ', 'Question: ', '❗ '] as const;
const after = [
  ' ({version})',
  ' on {host}',
  ' - {queue}',
  ' (our no. {other})',
  ', again',
  ' since {day}',
] as const;

/** A subject of the scenario, as somebody in a hurry writes it. Still holds `{facts}`. */
export function subjectOf(random: Random, scenario: Scenario): string {
  const subject = pick(random, scenario.subjects);
  const share = random();
  if (share < 0.24) return `${pick(random, before)}${subject}`;
  return share < 0.52 ? `${subject}${pick(random, after)}` : subject;
}

/** Each subject as a pattern: where a fact stands, anything may stand. */
const patterns: readonly { scenario: Scenario; pattern: RegExp }[] = scenarios.flatMap((scenario) =>
  scenario.subjects.map((subject) => ({
    scenario,
    pattern: new RegExp(
      subject
        .split(/\{[a-zA-Z0-9]+\}/)
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
        .join('.{1,60}'),
      'u',
    ),
  })),
);

/** The scenario that a ticket of the demo tells, by its subject; undefined for other tickets. */
export function findScenario(subject: string): Scenario | undefined {
  return patterns.find(({ pattern }) => pattern.test(subject))?.scenario;
}
