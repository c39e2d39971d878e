import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';

/**
 * A page is one byte array of three parts, each a UTF-8 JSON text after its length as 32-bit big-endian:
 * envelope, rows, entries (S15). So main can pass the whole on to the replica's worker after reading only
 * what it needs itself.
 */
export type PageParts = { envelope: Uint8Array; rows: Uint8Array; entries: Uint8Array };

export type PageFault = { kind: 'bad-page'; message: string };

const LENGTH_BYTES = 4;

export function joinPage(parts: PageParts): Uint8Array {
  const list = [parts.envelope, parts.rows, parts.entries];
  const total = list.reduce((sum, part) => sum + LENGTH_BYTES + part.byteLength, 0);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const part of list) {
    view.setUint32(offset, part.byteLength);
    bytes.set(part, offset + LENGTH_BYTES);
    offset += LENGTH_BYTES + part.byteLength;
  }
  return bytes;
}

/** The parts as views on the same memory; nothing is copied. A page cut short or too long is refused whole. */
export function splitPage(bytes: Uint8Array): Result<PageParts, PageFault> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const name of ['envelope', 'rows', 'entries']) {
    if (offset + LENGTH_BYTES > bytes.byteLength) return fault(`ends before its ${name}`);
    const length = view.getUint32(offset);
    const start = offset + LENGTH_BYTES;
    if (start + length > bytes.byteLength) return fault(`ends inside its ${name}`);
    parts.push(bytes.subarray(start, start + length));
    offset = start + length;
  }
  if (offset !== bytes.byteLength) return fault('goes on after its end');
  const [envelope, rows, entries] = parts;
  if (envelope === undefined || rows === undefined || entries === undefined)
    return fault('lacks a part');
  return ok({ envelope, rows, entries });
}

function fault(what: string): Result<PageParts, PageFault> {
  return err({ kind: 'bad-page', message: `the page ${what}` });
}
