import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import type { PushParts } from '../sync/push.ts';
import { backupFolder, backupName, listBackups, pruneBackups } from './backup-files.ts';
import type { CopySource } from './copy-source.ts';
import { noteSafe } from './note-safe.ts';
import type { Pack } from './pack-in-thread.ts';

const EVERY_MS = HOUR_MS;
/** A desk that has just started has other things to do. */
const FIRST_MS = 5 * MINUTE_MS;
/** How long a stop waits for its backup; what is not done by then is made after the next start. */
const LAST_MS = 5_000;

export type BackupKeeper = {
  /** Stops, after a last backup where one is wanted. The store must still be open. */
  stop: (lastBackup: boolean) => Promise<void>;
};

/** Makes a verified backup each hour of use and at the stop, where anything was committed since the last (S5). */
export function keepBackups(desk: PushParts, source: CopySource, pack: Pack): BackupKeeper {
  const { around } = desk;
  let clearTimer = (): void => undefined;
  let cancel = (): void => undefined;
  let isStopped = false;
  let underWay: Promise<void> = Promise.resolve();

  const make = async (): Promise<void> => {
    const startedAt = around.nowMs();
    const made = await makeBackup(desk, source, (job) => {
      const packing = pack(job);
      cancel = packing.cancel;
      return packing;
    });
    cancel = () => undefined;
    if (!made.ok) around.log(`backup: not made (${made.error})`);
    else if (made.value !== null)
      around.log(`backup: ${made.value} in ${around.nowMs() - startedAt} ms`);
  };
  const next = (): void => {
    underWay = make().then(() => {
      if (!isStopped) clearTimer = around.timers.after(EVERY_MS, next);
    });
  };
  underWay = noteNewest(desk, source).then((newestAt) => {
    const dueMs = (newestAt ?? -Infinity) + EVERY_MS - around.nowMs();
    const delayMs = Math.min(EVERY_MS, Math.max(FIRST_MS, dueMs));
    if (!isStopped) clearTimer = around.timers.after(delayMs, next);
  });

  return {
    stop: async (lastBackup) => {
      isStopped = true;
      clearTimer();
      const giveUp = around.timers.after(lastBackup ? LAST_MS : 0, () => cancel());
      await underWay;
      if (lastBackup) await make();
      giveUp();
    },
  };
}

/** Gives the file's name, or null where nothing was committed since the newest. */
async function makeBackup(
  desk: PushParts,
  source: CopySource,
  pack: Pack,
): Promise<Result<string | null, string>> {
  const { directory } = source;
  const scratch = join(backupFolder(directory), 'unfinished');
  try {
    const { epoch, version } = await desk.store.read((snapshot) => snapshot.counter());
    const [newest] = await listBackups(directory);
    const last = newest?.facts.cursor;
    if (last?.epoch === epoch && last.version === version) return ok(null);
    await rm(scratch, { recursive: true, force: true });
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    const facts = await source.copyTo(join(scratch, 'pgdata'), desk.around.nowMs());
    const name = backupName(facts);
    const packed = await pack({ scratch, facts, file: join(backupFolder(directory), name) }).done;
    if (!packed.ok) return packed;
    await noteSafe(desk, facts.cursor);
    await pruneBackups(directory);
    return ok(name);
  } catch (error) {
    return err(error instanceof Error ? error.message : 'unknown');
  } finally {
    await rm(scratch, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A backup that was finished when the desk could not note it any more is noted now. Gives when it was made. */
async function noteNewest(desk: PushParts, { directory }: CopySource): Promise<number | null> {
  const [newest] = await listBackups(directory);
  if (newest === undefined) return null;
  await noteSafe(desk, newest.facts.cursor);
  return newest.facts.madeAt;
}
