import { access, mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanJournal } from '../journal/record-format.ts';
import { decodeJournalRecord, journalOwnerSchema } from '../journal/records.ts';
import type { JournalOwner } from '../journal/records.ts';

const NAME = 'profile.json';

/** Profiles lie side by side, each in a directory named for its console id. */
export function profileDirectory(root: string, consoleId: string): string {
  return join(root, consoleId);
}

/** Whose profile a directory holds; null where there is none. A damaged file is stood in for by the journal. */
export async function readProfile(root: string, consoleId: string): Promise<JournalOwner | null> {
  const directory = profileDirectory(root, consoleId);
  try {
    const text = await readFile(join(directory, NAME), 'utf8');
    const parsed = journalOwnerSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // Missing or damaged.
  }
  return ownerOfJournal(join(directory, 'journal'));
}

async function ownerOfJournal(path: string): Promise<JournalOwner | null> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return null;
  for (const payload of scanJournal(bytes).payloads) {
    const record = decodeJournalRecord(payload);
    if (record.ok && record.value.kind === 'header') return record.value.owner;
  }
  return null;
}

/** Written once: an owner never changes. Gives whether it was there already. */
export async function writeProfile(root: string, owner: JournalOwner): Promise<boolean> {
  const directory = profileDirectory(root, owner.consoleId);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, NAME);
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (exists) return true;
  await writeFile(`${path}.new`, JSON.stringify(owner), { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return false;
}

/** A profile of this agent at this desk, wherever the desk was before (S5: a changed address). */
export async function findProfile(
  root: string,
  deskId: string,
  agentId: string,
): Promise<JournalOwner | null> {
  const names = await readdir(root).catch(() => []);
  for (const name of names) {
    const owner = await readProfile(root, name);
    if (owner?.deskId === deskId && owner.agentId === agentId && owner.consoleId === name)
      return owner;
  }
  return null;
}
