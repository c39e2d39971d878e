import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingEntries } from './lockfile.ts';
import type { Lockfile } from './lockfile.ts';
import { projectDir } from './paths.ts';

/** `npm run lock`, after a dependency changed: adds what `npm ci` would find missing. */
const file = join(projectDir, 'package-lock.json');
const lockfile = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
const missing = missingEntries(lockfile);
const sorted = Object.entries({ ...lockfile.packages, ...missing }).toSorted(([a], [b]) =>
  a < b ? -1 : 1,
);
const packages = Object.fromEntries(sorted);
writeFileSync(file, `${JSON.stringify({ ...lockfile, packages }, null, 2)}\n`);
console.log(`${Object.keys(missing).length} entries added to package-lock.json`);
