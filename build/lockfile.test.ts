import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingEntries } from './lockfile.ts';
import type { Lockfile } from './lockfile.ts';
import { projectDir } from './paths.ts';

test('a platform package without an entry gets one that other platforms pass over', () => {
  const lockfile: Lockfile = {
    packages: {
      'node_modules/tool': {
        version: '1.0.0',
        dev: true,
        optionalDependencies: {
          '@tool/linux-arm64-musl': '1.0.0',
          '@tool/linux-x64-gnu': '1.0.0',
          'tool-helper': '^2.0.0',
        },
      },
      'node_modules/@tool/linux-x64-gnu': { version: '1.0.0' },
    },
  };
  expect(missingEntries(lockfile)).toEqual({
    'node_modules/@tool/linux-arm64-musl': {
      version: '1.0.0',
      optional: true,
      dev: true,
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
    },
  });
});

test('our lockfile lacks none, or `npm ci` refuses it; mend it with `npm run lock`', () => {
  const text = readFileSync(join(projectDir, 'package-lock.json'), 'utf8');
  const lockfile = JSON.parse(text) as Lockfile;
  expect(Object.keys(missingEntries(lockfile))).toEqual([]);
});

test('our lockfile names no registry', () => {
  const text = readFileSync(join(projectDir, 'package-lock.json'), 'utf8');
  expect(text).not.toMatch(/"resolved": "https?:/);
});
