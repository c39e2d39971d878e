import { createHash } from 'node:crypto';
import {
  mkdir,
  open,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { idSchema } from '../../shared/base/ids.ts';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { Time } from '../../shared/base/time.ts';
import { MAX_ATTACHMENT_BYTES } from '../../shared/tickets/attachment.ts';
import { LOOK_BYTES, contentTypeOf } from '../../shared/tickets/content-type.ts';
import { diskWords } from '../disk-words.ts';
import { syncDirectory } from '../journal/journal-file.ts';

/** A file's name everywhere (S16). */
export type BlobName = { hash: string; size: number };

/** A file whose bytes are here, and what they are by their start. */
export type KeptBlob = BlobName & { type: string };

export type BlobFileFault = {
  kind: 'not-saved' | 'too-large' | 'empty' | 'wrong-hash';
  /** For the agent. */
  message: string;
};

/** A file that is coming in: in a temporary file until it is whole. After a fault it is gone. */
export type Incoming = {
  received: () => number;
  add: (bytes: Uint8Array) => Promise<Result<void, BlobFileFault>>;
  /** On the disk under its hash when it resolves (S16). `expected` is what it must be. */
  finish: (expected?: BlobName) => Promise<Result<KeptBlob, BlobFileFault>>;
  cancel: () => Promise<void>;
};

/** The files of one profile, by hash: those that wait for the desk, and a cache of those that came from it. */
export type BlobFiles = {
  begin: () => Incoming;
  has: (name: BlobName) => boolean;
  /** A piece for the desk; null where the file is gone. */
  read: (name: BlobName, at: number, length: number) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** The whole, verified by its hash; what is no longer what it says is deleted, and null. */
  readWhole: (name: BlobName) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** Deletes the least recently used until all fit, but never a pinned one. */
  sweep: (pinned: ReadonlySet<string>) => Promise<void>;
  /** An entry of this ticket names the file. */
  noteTicket: (name: BlobName, ticketId: string) => Promise<void>;
  /** Deletes what is known of no other ticket than those that are gone (S14), but never a pinned one. */
  forget: (isGone: (ticketId: string) => boolean, pinned: ReadonlySet<string>) => Promise<void>;
};

export type BlobFilesDeps = {
  time: Time;
  /** How much is kept beside what is pinned; bytes. */
  maxBytes?: number;
  /** Creates a file; tests pass one whose disk is full. */
  create?: (path: string) => Promise<NewFile>;
};

export type NewFile = {
  write: (bytes: Uint8Array) => Promise<void>;
  sync: () => Promise<void>;
  close: () => Promise<void>;
};

/** The cache's limit (S16). */
export const MAX_CACHE_BYTES = 500 * 1024 * 1024;
const HASH = /^[0-9a-f]{64}$/;
/** Beside a file: the tickets that it is known to belong to. */
const TICKETS = '.tickets';

/** Opens the files in a directory of a profile, whose lock keeps others out (S10). What was cut short is deleted. */
export async function openBlobFiles(
  directory: string,
  { time, maxBytes = MAX_CACHE_BYTES, create = createFile }: BlobFilesDeps,
): Promise<BlobFiles> {
  const incoming = join(directory, 'incoming');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const kept = await readIndex(directory);
  let begun = 0;

  const pathOf = (hash: string): string => join(directory, hash);
  const has = ({ hash, size }: BlobName): boolean => kept.get(hash)?.size === size;
  const remove = async (hash: string): Promise<void> => {
    kept.delete(hash);
    await rm(pathOf(hash), { force: true });
    await rm(`${pathOf(hash)}${TICKETS}`, { force: true });
  };
  const used = (hash: string): void => {
    const found = kept.get(hash);
    if (found === undefined) return;
    found.usedAt = time.nowMs();
    const seconds = found.usedAt / 1_000;
    // Only the order in which the cache forgets hangs on it.
    utimes(pathOf(hash), seconds, seconds).catch(() => undefined);
  };

  return {
    begin: () => {
      begun += 1;
      return incomingFile(join(incoming, String(begun)), create, async (name, path) => {
        await rename(path, pathOf(name.hash));
        await syncDirectory(directory);
        const tickets = kept.get(name.hash)?.tickets ?? new Set();
        kept.set(name.hash, { size: name.size, usedAt: 0, tickets });
        used(name.hash);
      });
    },
    has,
    read: async (name, at, length) => {
      if (!has(name)) return null;
      used(name.hash);
      const end = Math.min(name.size, at + length);
      const bytes = await readPiece(pathOf(name.hash), at, end - at).catch(() => null);
      if (bytes?.byteLength === end - at) return bytes;
      await remove(name.hash);
      return null;
    },
    readWhole: async (name) => {
      if (!has(name)) return null;
      used(name.hash);
      const bytes = await readFile(pathOf(name.hash)).catch(() => null);
      if (bytes !== null && createHash('sha256').update(bytes).digest('hex') === name.hash)
        return new Uint8Array(bytes);
      await remove(name.hash);
      return null;
    },
    sweep: async (pinned) => {
      let total = [...kept.values()].reduce((sum, { size }) => sum + size, 0);
      const byAge = [...kept].toSorted(([, a], [, b]) => a.usedAt - b.usedAt);
      for (const [hash, { size }] of byAge) {
        if (total <= maxBytes) return;
        if (pinned.has(hash)) continue;
        await remove(hash);
        total -= size;
      }
    },
    noteTicket: async ({ hash }, ticketId) => {
      const found = kept.get(hash);
      if (found === undefined || found.tickets.has(ticketId)) return;
      found.tickets.add(ticketId);
      // Lost, it is a file of no known ticket, which goes the sooner.
      await writeFile(`${pathOf(hash)}${TICKETS}`, JSON.stringify([...found.tickets]), {
        mode: 0o600,
      }).catch(() => undefined);
    },
    forget: async (isGone, pinned) => {
      for (const [hash, { tickets }] of kept)
        if (!pinned.has(hash) && [...tickets].every(isGone)) await remove(hash);
    },
  };
}

type Kept = { size: number; usedAt: number; tickets: Set<string> };

function incomingFile(
  path: string,
  create: (path: string) => Promise<NewFile>,
  keep: (name: BlobName, path: string) => Promise<void>,
): Incoming {
  const hash = createHash('sha256');
  let start = new Uint8Array();
  let size = 0;
  let file: NewFile | null = null;

  const cancel = async (): Promise<void> => {
    const closing = file;
    file = null;
    await closing?.close().catch(() => undefined);
    await rm(path, { force: true });
  };
  const fault = async (
    kind: BlobFileFault['kind'],
    message: string,
  ): Promise<Result<never, BlobFileFault>> => {
    await cancel();
    return err({ kind, message });
  };

  return {
    received: () => size,
    add: async (bytes) => {
      if (size + bytes.byteLength > MAX_ATTACHMENT_BYTES)
        return fault('too-large', 'A file may have 25 MB at most.');
      try {
        file ??= await create(path);
        await file.write(bytes);
      } catch (thrown) {
        return fault('not-saved', diskWords(thrown));
      }
      hash.update(bytes);
      if (start.byteLength < LOOK_BYTES)
        start = Uint8Array.from([...start, ...bytes.subarray(0, LOOK_BYTES - start.byteLength)]);
      size += bytes.byteLength;
      return ok(undefined);
    },
    finish: async (expected) => {
      if (size === 0) return fault('empty', 'The file is empty.');
      const name = { hash: hash.digest('hex'), size };
      if (expected !== undefined && (expected.hash !== name.hash || expected.size !== size))
        return fault('wrong-hash', 'What came is not the file that was asked for.');
      try {
        await file?.sync();
        await file?.close();
        file = null;
        await keep(name, path);
      } catch (thrown) {
        return fault('not-saved', diskWords(thrown));
      }
      return ok({ ...name, type: contentTypeOf(start) });
    },
    cancel,
  };
}

async function createFile(path: string): Promise<NewFile> {
  const file = await open(path, 'wx', 0o600);
  return {
    write: (bytes) => file.writeFile(bytes),
    sync: () => file.sync(),
    close: () => file.close(),
  };
}

async function readIndex(directory: string): Promise<Map<string, Kept>> {
  const kept = new Map<string, Kept>();
  for (const name of await readdir(directory)) {
    if (!HASH.test(name)) continue;
    const path = join(directory, name);
    const found = await stat(path).catch(() => null);
    if (found?.isFile() !== true) continue;
    const tickets = await readTickets(`${path}${TICKETS}`);
    kept.set(name, { size: found.size, usedAt: found.mtimeMs, tickets });
  }
  return kept;
}

async function readTickets(path: string): Promise<Set<string>> {
  try {
    return new Set(z.array(idSchema).parse(JSON.parse(await readFile(path, 'utf8'))));
  } catch {
    return new Set();
  }
}

async function readPiece(
  path: string,
  at: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, at);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
