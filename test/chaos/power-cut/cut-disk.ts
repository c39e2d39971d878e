import type { FileCalls, OpenFile } from '../../../main/journal/journal-file.ts';
import { cutFile } from './cut-file.ts';
import type { CutFile } from './cut-file.ts';

/** A name that was given, moved or taken away and is not yet on the disk. */
type NameChange = { name: string; file: CutFile | null };

/**
 * A disk in memory that remembers what is safe from a power cut. Only a sync of the directory makes names safe; until
 * then each change of a name may have reached the disk or not, whatever became of the others.
 */
export type CutDisk = {
  calls: FileCalls;
  /** What a cut may leave under a name; null where nothing. */
  leftovers: (name: string, random: () => number) => (Uint8Array | null)[];
  /** What programs find under a name. */
  read: (name: string) => Uint8Array | null;
};

export type DiskHooks = {
  /** Called after each call that changed something: the place of a cut. */
  changed: () => Promise<void>;
  /** Whether this call fails, as it does on a full or broken disk. */
  fails: (call: 'write' | 'sync' | 'dirsync' | 'truncate' | 'rename' | 'create') => boolean;
};

export function cutDisk(found: ReadonlyMap<string, Uint8Array>, hooks: DiskHooks): CutDisk {
  const names = new Map([...found].map(([name, bytes]) => [name, cutFile(bytes)]));
  const safeNames = new Map(names);
  let changes: NameChange[] = [];

  const rename = (name: string, file: CutFile | null): void => {
    if (file === null) names.delete(name);
    else names.set(name, file);
    changes.push({ name, file });
  };
  const fault = (code: string): Error => Object.assign(new Error(code), { code });
  const change = async (
    call: Parameters<DiskHooks['fails']>[0],
    step: () => void,
  ): Promise<void> => {
    if (hooks.fails(call)) throw fault(call === 'write' ? 'ENOSPC' : 'EIO');
    step();
    await hooks.changed();
  };

  const openFile = (file: CutFile): OpenFile => {
    const sync = async (): Promise<void> => {
      if (hooks.fails('sync')) {
        file.failSync();
        await hooks.changed();
        throw fault('EIO');
      }
      file.sync();
      await hooks.changed();
    };
    return {
      write: async (bytes, offset, length, position) => {
        const isCut = hooks.fails('write');
        // A disk that gets full takes a part.
        const written = isCut ? Math.floor(length / 2) : length;
        file.write(position, bytes.slice(offset, offset + written));
        await hooks.changed();
        if (isCut) throw fault('ENOSPC');
        return { bytesWritten: written };
      },
      truncate: (length) =>
        change('truncate', () => {
          file.truncate(length);
        }),
      sync,
      datasync: sync,
      close: () => Promise.resolve(),
    };
  };
  const directory: OpenFile = {
    write: () => Promise.reject(fault('EISDIR')),
    truncate: () => Promise.reject(fault('EISDIR')),
    datasync: () => Promise.reject(fault('EISDIR')),
    sync: () =>
      change('dirsync', () => {
        safeNames.clear();
        for (const [name, file] of names) safeNames.set(name, file);
        changes = [];
      }),
    close: () => Promise.resolve(),
  };

  return {
    calls: {
      open: async (path, flags) => {
        if (flags === 'r') return directory;
        const known = names.get(path);
        if (flags !== 'wx') {
          if (known === undefined) throw fault('ENOENT');
          return openFile(known);
        }
        if (known !== undefined) throw fault('EEXIST');
        const made = cutFile();
        await change('create', () => {
          rename(path, made);
        });
        return openFile(made);
      },
      readFile: (path) => {
        const file = names.get(path);
        return file === undefined ? Promise.reject(fault('ENOENT')) : Promise.resolve(file.bytes());
      },
      rename: (from, to) =>
        change('rename', () => {
          const file = names.get(from);
          if (file === undefined) throw fault('ENOENT');
          rename(to, file);
          rename(from, null);
        }),
      rm: async (path) => {
        if (!names.has(path)) return;
        rename(path, null);
        await hooks.changed();
      },
      copyFile: async (from, to) => {
        const copy = cutFile();
        copy.write(0, names.get(from)?.bytes() ?? new Uint8Array());
        await change('create', () => {
          rename(to, copy);
        });
      },
    },
    read: (name) => names.get(name)?.bytes() ?? null,
    leftovers: (name, random) => {
      const possible = new Set([safeNames.get(name) ?? null]);
      for (const each of changes) if (each.name === name) possible.add(each.file);
      return [...possible].flatMap((file) => (file === null ? [null] : file.leftovers(random)));
    },
  };
}
