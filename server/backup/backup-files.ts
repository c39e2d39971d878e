import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createBrotliDecompress } from 'node:zlib';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { backupFactsSchema } from './facts.ts';
import type { BackupFacts } from './facts.ts';
import { readNote, unpackTar } from './unpack-tar.ts';

/** Backups of a data directory lie in a folder of it, and so on the same disk. */
const FOLDER = 'backups';
/** Only a verified backup has such a name. It sorts by the time when it was made. */
const NAME = /^desk-\d{8}T\d{6}Z-v\d+\.tar\.br$/;
/** How many are kept. */
const KEPT = 3;

export type BackupFile = { path: string; bytes: number; facts: BackupFacts };

export function backupFolder(directory: string): string {
  return join(directory, FOLDER);
}

/** Such as desk-20261124T214603Z-v10007.tar.br. */
export function backupName({ madeAt, cursor }: BackupFacts): string {
  const time = new Date(madeAt).toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
  return `desk-${time}-v${cursor.version}.tar.br`;
}

/** The verified backups of a data directory, newest first. A file that says nothing of itself is left out. */
export async function listBackups(directory: string): Promise<BackupFile[]> {
  const folder = backupFolder(directory);
  const files: BackupFile[] = [];
  for (const name of await names(folder)) {
    const path = join(folder, name);
    const facts = await readBackupFacts(path);
    if (facts.ok) files.push({ path, bytes: (await stat(path)).size, facts: facts.value });
  }
  return files;
}

/** The newest backup, by its name alone: its contents are not looked at. */
export async function newestBackup(directory: string): Promise<string | null> {
  const folder = backupFolder(directory);
  const [newest] = await names(folder);
  return newest === undefined ? null : join(folder, newest);
}

/** Removes all but the newest ones. */
export async function pruneBackups(directory: string): Promise<void> {
  const folder = backupFolder(directory);
  for (const name of (await names(folder)).slice(KEPT)) await rm(join(folder, name));
}

/** What a backup says of itself; the rest of the file is not looked at. */
export async function readBackupFacts(path: string): Promise<Result<BackupFacts, string>> {
  return reading(path, (chunks) => readNote(chunks));
}

/** Lays a backup into a folder, checked to the last byte: the database is then in `pgdata` in it. */
export async function unpackBackup(
  path: string,
  folder: string,
): Promise<Result<BackupFacts, string>> {
  return reading(path, (chunks) => unpackTar(chunks, folder));
}

async function reading(
  path: string,
  work: (chunks: AsyncIterable<Uint8Array>) => Promise<string>,
): Promise<Result<BackupFacts, string>> {
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
  const unpacked = createBrotliDecompress({ chunkSize: 256 * 1024 });
  file.on('error', (error) => unpacked.destroy(error));
  try {
    const facts = backupFactsSchema.safeParse(JSON.parse(await work(file.pipe(unpacked))));
    return facts.success ? ok(facts.data) : err('it is no backup of a desk');
  } catch (error) {
    return err(error instanceof Error ? error.message : 'it cannot be read');
  } finally {
    file.destroy();
    unpacked.destroy();
  }
}

/** Newest first. */
async function names(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder))
      .filter((name) => NAME.test(name))
      .toSorted()
      .toReversed();
  } catch {
    // There is none yet.
    return [];
  }
}
