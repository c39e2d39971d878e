import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournalFile } from '../journal/journal-file.ts';
import { openJournal } from '../journal/journal.ts';
import { findProfile, readProfile, writeProfile } from './profile-file.ts';

const owner = { deskId: 'desk-1', agentId: 'ann', consoleId: 'c-1' };
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'profile-'));
  await writeProfile(root, owner);
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('[S5] with its file damaged, a profile is known by its journal', async () => {
  const journal = await openJournal(owner, {
    file: openJournalFile(join(root, 'c-1', 'journal')),
    time: { nowMs: () => 1 },
    newCommandId: () => '',
    isExpected: false,
  });
  if (journal.ok) await journal.value.close();
  await writeFile(join(root, 'c-1', 'profile.json'), '\0\0');
  expect(await readProfile(root, 'c-1')).toEqual(owner);
  expect(await findProfile(root, 'desk-1', 'ann')).toEqual(owner);
});

test('it is written once', async () => {
  await writeFile(join(root, 'c-1', 'profile.json'), 'as it is');
  await writeProfile(root, owner);
  expect(await readFile(join(root, 'c-1', 'profile.json'), 'utf8')).toBe('as it is');
  expect(await readProfile(root, 'c-1')).toBeNull();
});
