import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { startDesk } from '../desk.ts';
import { lockDirectory } from '../store/directory-lock.ts';
import { openPgliteAt, RESTORED } from '../store/sql/pglite.ts';
import type { Counter } from '../store/rows.ts';
import type { Surroundings } from '../surroundings.ts';
import { unpackBackup } from './backup-files.ts';
import type { BackupFacts } from './facts.ts';
import { openAndRead } from './make-backup-file.ts';
import { beginEpoch } from './new-epoch.ts';
import { noteSafe } from './note-safe.ts';
import { syncFolder, syncTree } from './sync-files.ts';

export type Restored = {
  facts: BackupFacts;
  counter: Counter;
  /** Where the database that was there before lies now; null where there was none. */
  aside: string | null;
};

/**
 * Puts a backup in place of a data directory's database, as a new epoch (S7). The database that was there is set
 * aside, never deleted. Whatever fails before everything is ready changes nothing.
 */
export async function restoreBackup(
  file: string,
  directory: string,
  around: Surroundings,
): Promise<Result<Restored, string>> {
  if (!existsSync(file)) return err(`${file}: there is no such file`);
  const locked = await lockDirectory(directory);
  if (!locked.ok) return err(locked.error.message);
  const scratch = join(directory, 'restoring');
  try {
    await rm(scratch, { recursive: true, force: true });
    const ready = await prepare(file, scratch, around);
    if (!ready.ok) return err(`${file}: ${ready.error}. Nothing was changed.`);
    await syncTree(join(scratch, 'pgdata'));
    const aside = await putInPlace(join(scratch, 'pgdata'), directory, around.nowMs());
    return ok({ ...ready.value, aside });
  } finally {
    await rm(scratch, { recursive: true, force: true });
    locked.value.release();
  }
}

/** Unpacks and checks a backup, and begins its new epoch. */
async function prepare(
  file: string,
  scratch: string,
  around: Surroundings,
): Promise<Result<{ facts: BackupFacts; counter: Counter }, string>> {
  const unpacked = await unpackBackup(file, scratch);
  if (!unpacked.ok) return unpacked;
  const facts = unpacked.value;
  const pgdata = join(scratch, 'pgdata');
  const read = await openAndRead(pgdata, facts);
  if (!read.ok) return read;
  const opened = await openPgliteAt(pgdata, { deskId: facts.deskId, epoch: facts.cursor.epoch });
  if (!opened.ok) return opened;
  try {
    const desk = await startDesk(opened.value, around);
    // The backup itself is one: it holds all that the new epoch begins with.
    await noteSafe(desk, facts.cursor);
    return ok({ facts, counter: await beginEpoch(desk) });
  } finally {
    await opened.value.close();
  }
}

async function putInPlace(ready: string, directory: string, nowMs: number): Promise<string | null> {
  const [current, restored] = [join(directory, 'pgdata'), join(directory, RESTORED)];
  const time = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const aside = existsSync(current) ? `${current}.aside-${time}` : null;
  // Left over from one that was cut short.
  await rm(restored, { recursive: true, force: true });
  await rename(ready, restored);
  if (aside !== null) await rename(current, aside);
  // Cut short here, the next to open the directory finishes it.
  await rename(restored, current);
  await syncFolder(directory);
  return aside;
}
