import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join, relative } from 'node:path';
import { BLOCK, DIGEST, header, paddingOf } from './tar-block.ts';

const PART_BYTES = 1024 * 1024;

export type TarNote = { name: string; text: string };

/** A folder as a tar: first a note, then everything in the folder under the name `as`, then the digest. */
export function* packTar(note: TarNote, folder: string, as: string): Generator<Uint8Array> {
  const hash = createHash('sha256');
  for (const bytes of entriesOf(note, folder, as)) {
    hash.update(bytes);
    yield bytes;
  }
  yield* smallFile(DIGEST, Buffer.from(hash.digest('hex')));
  yield new Uint8Array(2 * BLOCK);
}

function* entriesOf(note: TarNote, folder: string, as: string): Generator<Uint8Array> {
  yield* smallFile(note.name, Buffer.from(note.text));
  yield header(`${as}/`, 0);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = `${as}/${relative(folder, path).replaceAll('\\', '/')}`;
    if (entry.isDirectory()) {
      yield header(`${name}/`, 0);
      continue;
    }
    yield* wholeFile(name, path);
  }
}

/** Not by promises: a database is a thousand small files, and a worker has nothing else to do. */
function* wholeFile(name: string, path: string): Generator<Uint8Array> {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    yield header(name, size);
    for (let left = size; left > 0;) {
      const part = Buffer.allocUnsafe(Math.min(left, PART_BYTES));
      const length = readSync(fd, part);
      if (length === 0) throw new Error(`${name} became shorter`);
      yield part.subarray(0, length);
      left -= length;
    }
    yield new Uint8Array(paddingOf(size));
  } finally {
    closeSync(fd);
  }
}

function* smallFile(name: string, bytes: Uint8Array): Generator<Uint8Array> {
  yield header(name, bytes.byteLength);
  yield bytes;
  yield new Uint8Array(paddingOf(bytes.byteLength));
}
