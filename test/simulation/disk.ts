import type { FileCalls, OpenFile } from '../../main/journal/journal-file.ts';
import type { Prng } from './prng.ts';
import type { End, Process } from './process.ts';

/**
 * A machine's disk with its cache (S5). What was written can be read at once; a power cut leaves what was fsynced and
 * any first part of what was written after. The same goes for names in the directory.
 */
export type Disk = {
  /** The file system as a process sees it: every call is a step. */
  calls: (process: Process) => FileCalls;
  /** What a reader finds now; null where there is no such file. */
  read: (path: string) => Uint8Array | null;
  names: () => string[];
  /** What the machine's end leaves. A process that was killed leaves what it wrote. */
  cut: (end: End) => void;
  faults: DiskFaults;
};

export type DiskFaults = {
  /** Until then nothing can be written. */
  fullUntilMs: number;
  /** So many fsyncs from now on fail; what they were for may or may not be on the disk. */
  failingSyncs: number;
};

type Change = { at: number; bytes: Uint8Array } | { cutTo: number };
type Inode = { bytes: Uint8Array; safe: Uint8Array; unsafe: Change[] };
type Names = Map<string, Inode>;
type Naming = (names: Names) => void;

const WRITE_MS = 2;
const SYNC_MS = 12;

export function simulatedDisk(nowMs: () => number, random: Prng): Disk {
  let names: Names = new Map();
  let safeNames: Names = new Map();
  let unsafeNames: Naming[] = [];
  const faults: DiskFaults = { fullUntilMs: 0, failingSyncs: 0 };

  const name = (naming: Naming): void => {
    naming(names);
    unsafeNames.push(naming);
  };
  const found = (path: string): Inode => {
    const inode = names.get(path);
    if (inode === undefined) throw fault('ENOENT');
    return inode;
  };
  const checkRoom = (): void => {
    if (nowMs() < faults.fullUntilMs) throw fault('ENOSPC');
  };
  const checkSync = (lose: () => void): void => {
    if (faults.failingSyncs === 0) return;
    faults.failingSyncs -= 1;
    lose();
    throw fault('EIO');
  };

  const opened = (process: Process, inode: Inode): OpenFile => {
    const sync = (): Promise<void> =>
      process.step('fsync', random.int(0, SYNC_MS), () => {
        checkSync(() => {
          // The cache takes them for written from now on: no later fsync brings them to the disk.
          if (random.chance(0.5)) flush(inode);
          inode.unsafe = [];
        });
        flush(inode);
      });
    return {
      write: (bytes, offset, length, position) => {
        const part = bytes.slice(offset, offset + length);
        const put = (some: Uint8Array): void => {
          if (some.byteLength === 0) return;
          change(inode, { at: position, bytes: some });
        };
        const someOfIt = (): void => {
          put(part.subarray(0, random.int(0, part.byteLength)));
        };
        return process.step(
          `write ${part.byteLength}`,
          random.int(0, WRITE_MS),
          () => {
            if (nowMs() < faults.fullUntilMs) someOfIt();
            checkRoom();
            put(part);
            return { bytesWritten: part.byteLength };
          },
          someOfIt,
        );
      },
      datasync: sync,
      sync,
      truncate: (length) =>
        process.step('truncate', 0, () => {
          change(inode, { cutTo: length });
        }),
      close: () => Promise.resolve(),
    };
  };

  const openedDirectory = (process: Process): OpenFile => ({
    ...opened(process, { bytes: new Uint8Array(), safe: new Uint8Array(), unsafe: [] }),
    sync: () =>
      process.step('fsync names', random.int(0, SYNC_MS), () => {
        checkSync(() => {
          if (random.chance(0.5)) safeNames = new Map(names);
        });
        safeNames = new Map(names);
        unsafeNames = [];
      }),
  });

  return {
    faults,
    read: (path) => names.get(path)?.bytes ?? null,
    names: () => [...names.keys()],
    cut: (end) => {
      faults.fullUntilMs = 0;
      faults.failingSyncs = 0;
      if (end === 'kill') return;
      names = new Map(safeNames);
      for (const naming of unsafeNames.slice(0, random.int(0, unsafeNames.length))) naming(names);
      for (const inode of new Set(names.values())) tear(inode, random);
      safeNames = new Map(names);
      unsafeNames = [];
    },
    calls: (process) => ({
      open: (path, flags) =>
        process.step(`open ${path}`, 0, () => {
          if (path === '.') return openedDirectory(process);
          if (flags === 'wx') {
            checkRoom();
            if (names.has(path)) throw fault('EEXIST');
            const inode: Inode = { bytes: new Uint8Array(), safe: new Uint8Array(), unsafe: [] };
            name((all) => all.set(path, inode));
          }
          return opened(process, found(path));
        }),
      readFile: (path) =>
        process.step(`read ${path}`, random.int(0, WRITE_MS), () => found(path).bytes),
      rename: (from, to) =>
        process.step(`rename to ${to}`, 0, () => {
          const inode = found(from);
          name((all) => {
            all.set(to, inode);
            all.delete(from);
          });
        }),
      rm: (path) =>
        process.step(`rm ${path}`, 0, () => {
          if (names.has(path)) name((all) => all.delete(path));
        }),
      copyFile: (from, to) =>
        process.step(`copy to ${to}`, 0, () => {
          checkRoom();
          const { bytes } = found(from);
          const copy: Inode = { bytes, safe: new Uint8Array(), unsafe: [{ at: 0, bytes }] };
          name((all) => all.set(to, copy));
        }),
    }),
  };
}

function flush(inode: Inode): void {
  for (const made of inode.unsafe) inode.safe = changed(inode.safe, made);
  inode.unsafe = [];
}

function change(inode: Inode, made: Change): void {
  inode.bytes = changed(inode.bytes, made);
  inode.unsafe.push(made);
}

/** A new array: what was read before stays what it was. */
function changed(bytes: Uint8Array, made: Change): Uint8Array {
  if ('cutTo' in made) return bytes.slice(0, made.cutTo);
  const length = Math.max(bytes.byteLength, made.at + made.bytes.byteLength);
  const next = new Uint8Array(length);
  next.set(bytes);
  next.set(made.bytes, made.at);
  return next;
}

/** Any first part of what was not fsynced is there, the last of it cut anywhere. */
function tear(inode: Inode, random: Prng): void {
  let bytes = inode.safe;
  const kept = random.int(0, inode.unsafe.length);
  for (const [index, made] of inode.unsafe.slice(0, kept).entries()) {
    const isTorn = index === kept - 1 && 'bytes' in made && random.chance(0.7);
    const some = isTorn ? made.bytes.subarray(0, random.int(0, made.bytes.byteLength)) : null;
    bytes = changed(bytes, some === null || !('at' in made) ? made : { at: made.at, bytes: some });
  }
  inode.bytes = bytes;
  inode.safe = bytes;
  inode.unsafe = [];
}

function fault(code: string): Error {
  return Object.assign(new Error(code), { code });
}
