import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings } from './read-settings.ts';
import { defaultSettings } from './settings-schema.ts';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'settings-'));
  path = join(directory, 'settings.json');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

test('what is missing has its default', () => {
  expect(readSettings(path, 1)).toEqual({ settings: defaultSettings, keptAs: null });
  writeFileSync(path, '{"desk":{"kind":"address","url":"https://desk.example.com"}}');
  expect(readSettings(path, 1).settings).toEqual({
    ...defaultSettings,
    desk: { kind: 'address', url: 'https://desk.example.com' },
  });
});

test.each([
  '',
  '{',
  'null',
  '{"desk":{"kind":"address","url":"file:///etc/passwd"}}',
  '{"window":{"x":"left"}}',
  '{"unknown":1}',
])('a damaged file is kept aside: %s', (text) => {
  writeFileSync(path, text);
  const { settings, keptAs } = readSettings(path, 77);
  expect(settings).toEqual(defaultSettings);
  expect(keptAs).toBe(`${path}.damaged-77`);
  expect(readFileSync(keptAs ?? '', 'utf8')).toBe(text);
  expect(existsSync(path)).toBe(false);
});
