import { crc32 } from 'node:zlib';

/**
 * The bytes of the journal file (S5), pure: a file header, then records of
 * [length u32][checksum u32][payload], numbers big-endian. The checksum covers length and payload, so a
 * record whose length alone is damaged can still be read once its end is known.
 */

/**
 * 1: the first. 2: commands name what they undo and whether a restore lies between, records `life`,
 * `safe`, `restored` and `stripped` (upgrade-record.ts).
 */
export const JOURNAL_FORMAT = 2;
const MAGIC = new TextEncoder().encode('ACJOURNL');
/** Magic, format u32, checksum u32 of both. */
export const FILE_HEADER_BYTES = MAGIC.byteLength + 8;
const RECORD_HEADER_BYTES = 8;
/**
 * Keeps the first byte of every length zero. JSON never holds a zero byte, so no text inside a payload can
 * pass for a record when the reader looks for the next good one.
 */
export const MAX_PAYLOAD_BYTES = 0xff_ff_ff;

export type Damage = {
  /** Place in the file, bytes. */
  offset: number;
  bytes: number;
  /** Whether the record could be read all the same. */
  recovered: boolean;
};

export type Scan = {
  header: 'good' | 'older' | 'damaged' | 'newer' | 'missing';
  payloads: Uint8Array[];
  damage: Damage[];
  /** Where a last record that was never finished begins; null where there is none. */
  tornAt: number | null;
};

export function encodeFileHeader(format = JOURNAL_FORMAT): Uint8Array {
  const bytes = new Uint8Array(FILE_HEADER_BYTES);
  bytes.set(MAGIC);
  const view = new DataView(bytes.buffer);
  view.setUint32(MAGIC.byteLength, format);
  view.setUint32(MAGIC.byteLength + 4, crc32(bytes.subarray(0, MAGIC.byteLength + 4)));
  return bytes;
}

export function encodeRecord(payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(RECORD_HEADER_BYTES + payload.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, payload.byteLength);
  bytes.set(payload, RECORD_HEADER_BYTES);
  view.setUint32(4, checksum(payload));
  return bytes;
}

/** Reads a whole file. What is neither a good record nor an unfinished last one is damage, and is told. */
export function scanJournal(bytes: Uint8Array): Scan {
  const scan: Scan = { header: readHeader(bytes), payloads: [], damage: [], tornAt: null };
  if (scan.header === 'missing' || scan.header === 'newer') return scan;
  if (scan.header === 'damaged')
    scan.damage.push({ offset: 0, bytes: FILE_HEADER_BYTES, recovered: true });
  let offset = FILE_HEADER_BYTES;
  while (offset < bytes.byteLength) {
    const payload = recordAt(bytes, offset);
    if (payload !== null) {
      scan.payloads.push(payload);
      offset += RECORD_HEADER_BYTES + payload.byteLength;
      continue;
    }
    const next = nextRecord(bytes, offset + 1);
    const end = next ?? bytes.byteLength;
    const saved = recordUntil(bytes, offset, end);
    if (saved !== null) scan.payloads.push(saved);
    else if (next === null && isUnfinished(bytes, offset)) {
      scan.tornAt = offset;
      return scan;
    }
    scan.damage.push({ offset, bytes: end - offset, recovered: saved !== null });
    offset = end;
  }
  return scan;
}

function readHeader(bytes: Uint8Array): Scan['header'] {
  // The file is created whole under another name, so one without a whole header never held a record.
  if (bytes.byteLength < FILE_HEADER_BYTES) return 'missing';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const covered = bytes.subarray(0, MAGIC.byteLength + 4);
  const isSound =
    MAGIC.every((byte, index) => bytes[index] === byte) &&
    view.getUint32(MAGIC.byteLength + 4) === crc32(covered);
  if (!isSound) return 'damaged';
  const format = view.getUint32(MAGIC.byteLength);
  if (format === JOURNAL_FORMAT) return 'good';
  return format > JOURNAL_FORMAT ? 'newer' : 'older';
}

function recordAt(bytes: Uint8Array, offset: number): Uint8Array | null {
  if (offset + RECORD_HEADER_BYTES > bytes.byteLength) return null;
  const end = offset + RECORD_HEADER_BYTES + declaredLength(bytes, offset);
  if (end > bytes.byteLength) return null;
  return bytes[offset] === 0 ? recordUntil(bytes, offset, end) : null;
}

/** The record that would lie between two places, whatever its own length field says. */
function recordUntil(bytes: Uint8Array, offset: number, end: number): Uint8Array | null {
  const length = end - offset - RECORD_HEADER_BYTES;
  if (length <= 0 || length > MAX_PAYLOAD_BYTES) return null;
  const payload = bytes.subarray(offset + RECORD_HEADER_BYTES, end);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(offset + 4) === checksum(payload) ? payload : null;
}

function nextRecord(bytes: Uint8Array, from: number): number | null {
  for (let offset = from; offset + RECORD_HEADER_BYTES < bytes.byteLength; offset += 1) {
    if (bytes[offset] === 0 && recordAt(bytes, offset) !== null) return offset;
  }
  return null;
}

/** An append that the power or the process did not let finish: it claims more than there is. */
function isUnfinished(bytes: Uint8Array, offset: number): boolean {
  const left = bytes.byteLength - offset;
  return left < RECORD_HEADER_BYTES || declaredLength(bytes, offset) > left - RECORD_HEADER_BYTES;
}

function declaredLength(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset);
}

function checksum(payload: Uint8Array): number {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, payload.byteLength);
  return crc32(payload, crc32(length));
}
