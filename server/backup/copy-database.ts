import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { eachAtOnce } from './sync-files.ts';

/** Files that are copied at once. */
const AT_ONCE = 8;
/** A file changed so shortly before it was looked at may change again without showing it. */
const RACY_MS = 2_000;
const WAL = 'pg_wal';

/** Which files of the write-ahead log a database needs to open: all others are old, or not yet written. */
export type WalRange = { first: string; last: string };

type Seen = Map<string, { mtimeMs: number; size: number; isSure: boolean }>;

/**
 * Copies a database's directory while it is at work: once as it is, then again what changed meanwhile, with the
 * database standing still. `still` makes it stand still, at a checkpoint, while it does the work that it is given.
 */
export async function copyDatabase<T>(
  from: string,
  to: string,
  still: (copyRest: (wal: WalRange) => Promise<void>) => Promise<T>,
): Promise<T> {
  const seen: Seen = new Map();
  await copyChanged(from, to, seen, (name) => !name.startsWith(`${WAL}/`));
  return still((wal) =>
    copyChanged(from, to, seen, (name) => {
      const segment = /^pg_wal\/([0-9A-F]{24})$/.exec(name)?.[1];
      return segment === undefined || (segment >= wal.first && segment <= wal.last);
    }),
  );
}

async function copyChanged(
  from: string,
  to: string,
  seen: Seen,
  wanted: (name: string) => boolean,
): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const nameOf = (entry: (typeof entries)[number]): string =>
    relative(from, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
  for (const entry of entries)
    if (entry.isDirectory()) await mkdir(join(to, nameOf(entry)), { recursive: true, mode: 0o700 });
  const names = entries.filter((entry) => entry.isFile()).map(nameOf);
  await eachAtOnce(names.filter(wanted), AT_ONCE, (name) => copyIfChanged(from, to, name, seen));
  const there = new Set(names);
  for (const name of seen.keys()) if (!there.has(name)) await rm(join(to, name), { force: true });
}

async function copyIfChanged(from: string, to: string, name: string, seen: Seen): Promise<void> {
  const before = seen.get(name);
  try {
    const { mtimeMs, size } = await stat(join(from, name));
    if (before?.isSure === true && before.mtimeMs === mtimeMs && before.size === size) return;
    // Where the file system can share what is alike, this copies nothing.
    await copyFile(join(from, name), join(to, name), constants.COPYFILE_FICLONE);
    seen.set(name, { mtimeMs, size, isSure: mtimeMs < Date.now() - RACY_MS });
  } catch (error) {
    // Gone since it was listed: a database at work drops files.
    if (!isMissing(error)) throw error;
    await rm(join(to, name), { force: true });
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
