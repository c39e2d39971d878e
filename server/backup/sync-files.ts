import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One after the other each would wait for the disk alone. */
const AT_ONCE = 32;

/** Brings everything in a folder to the disk, its names too. */
export async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const pathOf = (entry: (typeof entries)[number]) => join(entry.parentPath, entry.name);
  const files = entries.filter((entry) => entry.isFile()).map(pathOf);
  await eachAtOnce(files, AT_ONCE, (path) => syncPath(path, 'r+'));
  const folders = entries.filter((entry) => entry.isDirectory()).map(pathOf);
  await eachAtOnce([folder, ...folders], AT_ONCE, syncFolder);
}

/** A new name is on the disk only with its folder. */
export async function syncFolder(path: string): Promise<void> {
  // Windows has no such thing.
  if (process.platform !== 'win32') await syncPath(path, 'r');
}

/** Does the work on all of them, so many at once. */
export async function eachAtOnce(
  items: readonly string[],
  atOnce: number,
  work: (item: string) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const lane = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

export async function syncPath(path: string, flags: 'r' | 'r+'): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
