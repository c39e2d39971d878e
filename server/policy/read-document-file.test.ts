import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import { documentChanges } from './document-changes.ts';
import { faultWords, readDocumentFile } from './read-document-file.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'policy-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function read(text: string | null): Promise<string[]> {
  const file = join(directory, text === null ? 'missing.json' : 'policy.json');
  if (text !== null) await writeFile(file, text);
  const document = await readDocumentFile(file, Date.UTC(2026, 10, 24));
  return document.ok ? [] : document.error.map(faultWords);
}

test('[C15] a good file is read, with or without a byte-order mark', async () => {
  expect(await read(JSON.stringify(defaultPolicyDocument))).toEqual([]);
  expect(await read(`\uFEFF${JSON.stringify(defaultPolicyDocument)}`)).toEqual([]);
});

test('[C15] a file that is none, or no JSON, says so with its place', async () => {
  expect(await read(null)).toEqual(['there is no such file']);
  expect(await read('{"timeZone": "UTC",\n  oops}')).toEqual([
    'line 2, column 3: a name in quotation marks is expected here',
  ]);
  expect(await read('{"timeZone": "UTC"')).toEqual(['line 1, column 19: the text ends too early']);
  expect(await read('')).toEqual(['line 1, column 1: the text ends too early']);
});

test('[W7] what changed is said setting by setting', () => {
  const { targetHours } = defaultPolicyDocument;
  const after = {
    ...defaultPolicyDocument,
    holidays: ['2026-12-25'],
    targetHours: { ...targetHours, low: 24 },
    firstContactHours: null,
  };
  expect(documentChanges(defaultPolicyDocument, after)).toEqual([
    'holidays: [] -> ["2026-12-25"]',
    'targetHours.low: 48 -> 24',
    'firstContactHours: 24 -> null',
  ]);
  expect(documentChanges(after, after)).toEqual([]);
});
