/** A backup's file is a tar (ustar), so that it can be looked into without the desk. */

export const BLOCK = 512;
/** The last entry: SHA-256, in hex, of every byte before it. */
export const DIGEST = 'sha256';
const MAX_NAME_BYTES = 100;

/** The header of one entry. A directory's name ends with a slash. */
export function header(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) throw new Error(`${name}: too long a name`);
  const block = Buffer.alloc(BLOCK);
  const isDirectory = name.endsWith('/');
  block.write(name, 0);
  block.write(isDirectory ? '0000700\0' : '0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write(isDirectory ? '5' : '0', 156);
  block.write('ustar\u000000', 257);
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** Throws where it is no header of ours. */
export function readHeader(block: Buffer): { name: string; size: number } {
  const text = (from: number, to: number): string =>
    block.toString('utf8', from, to).split('\0')[0] ?? '';
  const name = text(0, MAX_NAME_BYTES);
  const size = Number.parseInt(text(124, 136), 8);
  // A name that leads out of the folder is not one of ours.
  const isOurs = /^[\w.-]+(\/[\w.-]+)*\/?$/.test(name) && !name.split('/').includes('..');
  if (Number.parseInt(text(148, 156), 8) !== checksum(block) || !isOurs || Number.isNaN(size))
    throw new Error('it is damaged, or no backup');
  return { name, size };
}

/** How many bytes fill an entry up to a whole block. */
export function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

/** The sum of the header's bytes, its own eight counted as spaces. */
function checksum(block: Buffer): number {
  return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}
