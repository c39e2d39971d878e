import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectDir } from './paths.ts';
import { ambientUses, guardedUses, guards } from './single-places.ts';

/** Files that decide and therefore get time and randomness passed in, besides all of shared/. */
const PURE = [/^shared\//, /^main\/alerts\/decide\.ts$/];

/**
 * Checks that what is dangerous occurs in exactly one file each, and that pure code reads neither
 * clock nor dice. Prints each offence and ends with 1 if there is one.
 */
function main(): number {
  const offences: string[] = [];
  const found = new Set<string>();
  for (const file of sourceFiles(['shared', 'main', 'renderer'])) {
    const text = readFileSync(join(projectDir, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    for (const { guard, line } of guardedUses(source)) {
      if (file === guards[guard]) found.add(guard);
      else offences.push(`${file}:${line}: ${guard} belongs in ${guards[guard]} only`);
    }
    if (!PURE.some((pattern) => pattern.test(file))) continue;
    for (const { what, line } of ambientUses(source)) {
      offences.push(`${file}:${line}: ${what} in pure code; have it passed in`);
    }
  }
  for (const [guard, file] of Object.entries(guards)) {
    if (!found.has(guard)) offences.push(`${file}: no ${guard} there any more; is the rule stale?`);
  }
  offences.forEach((offence) => {
    console.error(offence);
  });
  return offences.length === 0 ? 0 : 1;
}

function sourceFiles(parts: readonly string[]): string[] {
  return parts.flatMap((part) =>
    readdirSync(join(projectDir, part), { recursive: true, encoding: 'utf8' })
      .map((name) => `${part}/${name.replaceAll('\\', '/')}`)
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name)),
  );
}

process.exitCode = main();
