import type { DocumentFault } from '../../shared/policy/check-document.ts';

/** The reasons that a schema gives are for programmers; these are for leads. Those of the rules stay as they are. */
const words: readonly (readonly [pattern: RegExp, words: (found: string) => string])[] = [
  [/expected \w+, received undefined/, () => 'is missing'],
  [/expected number to be >0/, () => 'must be more than 0'],
  [/expected number to be <=(\d+)/, (most) => `must be at most ${grouped(most)}`],
  [/expected string to have >=1 /, () => 'is missing'],
  [/expected string to have <=(\d+)/, (most) => `must be at most ${grouped(most)} characters long`],
  [/expected array to have >=1 /, () => 'needs at least one'],
  [/expected array to have <=(\d+)/, (most) => `can be at most ${grouped(most)} of them`],
  [/expected number/, () => 'must be a number, such as 12 or 0.5'],
  [/expected string/, () => 'must be text in quotes'],
  [/expected boolean/, () => 'must be true or false'],
  [/expected array/, () => 'must be a list in square brackets'],
  [/expected (object|record)/, () => 'must be a group in curly brackets'],
  [/Invalid ISO date/, () => 'must be a date such as 2026-12-25'],
  [/Invalid option: expected one of (.+)/, (all) => `must be one of ${all.replaceAll('|', ', ')}`],
  [/Invalid key in record/, () => 'must be a team’s id: letters, digits and . _ : - only'],
  [/^a time such as/, () => 'must be a time such as 06:30'],
];

/** A fault in words that continue the name of its setting. */
export function readableFault({ path, reason }: DocumentFault): DocumentFault {
  for (const [pattern, say] of words) {
    const found = pattern.exec(reason);
    if (found !== null) return { path, reason: say(found[1] ?? '') };
  }
  return {
    path,
    reason: /^(Invalid|Too|Unrecognized)/.test(reason) ? 'is not as it must be' : reason,
  };
}

/** Faults of a setting and of what is in it. */
export function faultsAt(faults: readonly DocumentFault[], path: string): DocumentFault[] {
  return faults.filter((fault) => fault.path === path || fault.path.startsWith(`${path}.`));
}

function grouped(figure: string): string {
  return Number(figure).toLocaleString('en');
}
