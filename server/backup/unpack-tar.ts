import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BLOCK, DIGEST, paddingOf, readHeader } from './tar-block.ts';

const MAX_NOTE_BYTES = 1024 * 1024;
const PART_BYTES = 1024 * 1024;

type Take = (size: number) => Promise<Buffer>;

/** The note of a tar that `packTar` wrote; the rest is not looked at. Throws where it is none. */
export async function readNote(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const take = takeFrom(chunks);
  return noteOf(readHeader(await take(BLOCK)), take);
}

/**
 * Lays a tar that `packTar` wrote into a folder and gives its note. Throws where a byte is not as it was written.
 */
export async function unpackTar(
  chunks: AsyncIterable<Uint8Array>,
  folder: string,
): Promise<string> {
  const takeAny = takeFrom(chunks);
  const hash = createHash('sha256');
  const take: Take = async (size) => {
    const bytes = await takeAny(size);
    hash.update(bytes);
    return bytes;
  };
  const first = readHeader(await take(BLOCK));
  const note = await noteOf(first, take);
  await take(paddingOf(first.size));
  for (;;) {
    const block = await takeAny(BLOCK);
    const { name, size } = readHeader(block);
    if (name === DIGEST) {
      const said = (await takeAny(size)).toString();
      if (said !== hash.digest('hex')) throw new Error('its contents are damaged');
      return note;
    }
    hash.update(block);
    const path = join(folder, name);
    if (name.endsWith('/')) mkdirSync(path, { recursive: true, mode: 0o700 });
    else await layFile(path, size, take);
    await take(paddingOf(size));
  }
}

async function noteOf({ size }: { size: number }, take: Take): Promise<string> {
  if (size > MAX_NOTE_BYTES) throw new Error('it is no backup');
  return (await take(size)).toString();
}

/** Not by promises: a database is a thousand small files, and a worker has nothing else to do. */
async function layFile(path: string, size: number, take: Take): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const out = openSync(path, 'w', 0o600);
  try {
    for (let left = size; left > 0;) {
      const bytes = await take(Math.min(left, PART_BYTES));
      writeFileSync(out, bytes);
      left -= bytes.byteLength;
    }
  } finally {
    closeSync(out);
  }
}

/** Takes exactly so many bytes at a time out of chunks of any size. */
function takeFrom(chunks: AsyncIterable<Uint8Array>): Take {
  const iterator = chunks[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return async (size) => {
    const parts: Buffer[] = [];
    for (let missing = size; missing > 0;) {
      if (rest.byteLength === 0) {
        const next = await iterator.next();
        if (next.done === true) throw new Error('it ends too early');
        rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
      }
      const part = rest.subarray(0, missing);
      rest = rest.subarray(part.byteLength);
      missing -= part.byteLength;
      parts.push(part);
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  };
}
