import { constants } from 'node:fs';
import { copyFile, open, readFile, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failpoint } from '../../shared/base/failpoint.ts';

/** The journal's hold on the disk. Every method may throw what the disk says; journal.ts makes values of it. */
export type JournalFile = {
  /** The whole file; null where there is none yet. */
  read: () => Promise<Uint8Array | null>;
  /** Writes at the end and returns when the bytes are on the disk. */
  append: (bytes: Uint8Array) => Promise<void>;
  /** Puts a new file in the place of the old one, in one step. */
  replace: (bytes: Uint8Array) => Promise<void>;
  cutTo: (bytes: number) => Promise<void>;
  /** Cuts off what a failed append may have left. */
  cutBack: () => Promise<void>;
  /** Copies the file as it is to `<name>.<suffix>` and returns that path. */
  copyAside: (suffix: string) => Promise<string>;
  close: () => Promise<void>;
};

export function openJournalFile(path: string): JournalFile {
  let handle: FileHandle | null = null;
  let size = 0;

  const opened = async (): Promise<FileHandle> => {
    handle ??= await open(path, constants.O_RDWR);
    return handle;
  };
  const close = async (): Promise<void> => {
    const closing = handle;
    handle = null;
    await closing?.close();
  };

  const cutTo = async (bytes: number): Promise<void> => {
    const file = await opened();
    await file.truncate(bytes);
    await file.sync();
    size = bytes;
  };

  return {
    read: async () => {
      try {
        const bytes = await readFile(path);
        size = bytes.byteLength;
        return bytes;
      } catch (thrown) {
        if (isMissing(thrown)) return null;
        throw thrown;
      }
    },
    append: async (bytes) => {
      const file = await opened();
      failpoint('journal.before-write');
      await writeAll(file, bytes, size);
      failpoint('journal.after-write');
      // Data and the new length; that is all a reader needs of the file's attributes.
      await file.datasync();
      failpoint('journal.after-fsync');
      size += bytes.byteLength;
    },
    replace: async (bytes) => {
      await close();
      const draft = `${path}.new`;
      await rm(draft, { force: true });
      const file = await open(draft, 'wx', 0o600);
      try {
        await writeAll(file, bytes, 0);
        await file.sync();
      } finally {
        await file.close();
      }
      failpoint('journal.replace-before-rename');
      await rename(draft, path);
      size = bytes.byteLength;
      failpoint('journal.replace-after-rename');
      await syncDirectory(dirname(path));
      failpoint('journal.replace-after-sync');
    },
    cutTo,
    cutBack: () => cutTo(size),
    copyAside: async (suffix) => {
      const copy = `${path}.${suffix}`;
      await copyFile(path, copy);
      const file = await open(copy, 'r+');
      await syncAndClose(file);
      await syncDirectory(dirname(path));
      return copy;
    },
    close,
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.byteLength) {
    const { bytesWritten } = await file.write(
      bytes,
      written,
      bytes.byteLength - written,
      position + written,
    );
    written += bytesWritten;
  }
}

async function syncDirectory(path: string): Promise<void> {
  // Windows has no such call and needs none: its file system journals names.
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  await syncAndClose(directory);
}

async function syncAndClose(file: FileHandle): Promise<void> {
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}
