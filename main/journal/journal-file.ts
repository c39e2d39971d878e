import { constants } from 'node:fs';
import { copyFile, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failpoint } from '../../shared/base/failpoint.ts';

/** What is used of an open file. */
export type OpenFile = {
  write: (
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ) => Promise<{ bytesWritten: number }>;
  datasync: () => Promise<void>;
  sync: () => Promise<void>;
  truncate: (length: number) => Promise<void>;
  close: () => Promise<void>;
};

/** What is used of the file system, so that a simulated one can stand in for the machine's. */
export type FileCalls = {
  open: (path: string, flags: string | number, mode?: number) => Promise<OpenFile>;
  readFile: (path: string) => Promise<Uint8Array>;
  rename: (from: string, to: string) => Promise<void>;
  rm: (path: string, options: { force: true }) => Promise<void>;
  copyFile: (from: string, to: string) => Promise<void>;
};

const machineCalls: FileCalls = { open, readFile, rename, rm, copyFile };

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

export function openJournalFile(path: string, files: FileCalls = machineCalls): JournalFile {
  let handle: OpenFile | null = null;
  let size = 0;
  /**
   * The directory was synced since the file took its name. Who was killed before that left a name that a power cut
   * takes back, and with it all that was appended since.
   */
  let isNameSafe = false;

  const opened = async (): Promise<OpenFile> => {
    handle ??= await files.open(path, constants.O_RDWR);
    return handle;
  };
  const close = async (): Promise<void> => {
    const closing = handle;
    handle = null;
    await closing?.close();
  };

  const makeNameSafe = async (): Promise<void> => {
    await syncDirectory(dirname(path), files);
    isNameSafe = true;
  };

  const cutTo = async (bytes: number): Promise<void> => {
    const file = await opened();
    await file.truncate(bytes);
    await file.sync();
    if (!isNameSafe) await makeNameSafe();
    size = bytes;
  };

  return {
    read: async () => {
      try {
        const bytes = await files.readFile(path);
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
      if (!isNameSafe) await makeNameSafe();
      failpoint('journal.after-fsync');
      size += bytes.byteLength;
    },
    replace: async (bytes) => {
      await close();
      const draft = `${path}.new`;
      await files.rm(draft, { force: true });
      const file = await files.open(draft, 'wx', 0o600);
      try {
        await writeAll(file, bytes, 0);
        await file.sync();
      } finally {
        await file.close();
      }
      failpoint('journal.replace-before-rename');
      isNameSafe = false;
      await files.rename(draft, path);
      size = bytes.byteLength;
      failpoint('journal.replace-after-rename');
      await makeNameSafe();
      failpoint('journal.replace-after-sync');
    },
    cutTo,
    cutBack: () => cutTo(size),
    copyAside: async (suffix) => {
      const copy = `${path}.${suffix}`;
      await files.copyFile(path, copy);
      const file = await files.open(copy, 'r+');
      await syncAndClose(file);
      await syncDirectory(dirname(path), files);
      return copy;
    },
    close,
  };
}

async function writeAll(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
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

/** Makes new and renamed names in a directory last. */
export async function syncDirectory(path: string, files: FileCalls = machineCalls): Promise<void> {
  // Windows has no such call and needs none: its file system journals names.
  if (process.platform === 'win32') return;
  const directory = await files.open(path, 'r');
  await syncAndClose(directory);
}

async function syncAndClose(file: OpenFile): Promise<void> {
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}
