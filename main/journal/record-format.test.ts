import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FILE_HEADER_BYTES,
  JOURNAL_FORMAT,
  encodeFileHeader,
  encodeRecord,
  scanJournal,
} from './record-format.ts';

const payloadOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const fileOf = (payloads: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([encodeFileHeader(), ...payloads.map(encodeRecord)]);
const texts = (payloads: readonly Uint8Array[]): string[] =>
  payloads.map((each) => new TextDecoder().decode(each));

const three = [{ n: 0 }, { n: 1, text: 'Grüße aus Köln' }, { n: 2, list: [1, 2, 3] }].map(
  payloadOf,
);

describe('[S5] the journal file', () => {
  test('gives back what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.json({ maxDepth: 2 }), { maxLength: 20 }), (list) => {
        const payloads = list.map((text) => new TextEncoder().encode(text));
        const scan = scanJournal(fileOf(payloads));
        expect(texts(scan.payloads)).toEqual(list);
        expect(scan).toMatchObject({ header: 'good', damage: [], tornAt: null });
      }),
    );
  });

  test('[S5] cut at any byte: whole records stay, the torn one is named, nothing is called damaged', () => {
    const bytes = fileOf(three);
    const ends = [FILE_HEADER_BYTES];
    for (const payload of three) ends.push((ends.at(-1) ?? 0) + encodeRecord(payload).byteLength);
    for (let length = FILE_HEADER_BYTES; length <= bytes.byteLength; length += 1) {
      const scan = scanJournal(bytes.subarray(0, length));
      const whole = ends.filter((end) => end <= length).length - 1;
      expect(scan.payloads).toHaveLength(whole);
      expect(scan.damage).toEqual([]);
      expect(scan.tornAt).toBe(ends.includes(length) ? null : ends[whole]);
    }
  });

  test('[S5] any one byte changed is never silent and costs at most its record', () => {
    const bytes = fileOf(three);
    for (let at = 0; at < bytes.byteLength; at += 1) {
      for (const flip of [0x01, 0x80, 0xff]) {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        const scan = scanJournal(changed);
        expect(scan.damage.length, `byte ${at} ^ ${flip}`).toBeGreaterThan(0);
        const kept = texts(scan.payloads);
        const lost = texts(three).filter((text) => !kept.includes(text));
        expect(lost.length, `byte ${at} ^ ${flip}`).toBeLessThanOrEqual(1);
        // Nothing appears that was not written, and order stays.
        expect(texts(three).filter((text) => kept.includes(text))).toEqual(kept);
      }
    }
  });

  test('[S5] a length that is wrong costs nothing', () => {
    const bytes = fileOf(three);
    bytes[FILE_HEADER_BYTES + 3] = 200;
    const scan = scanJournal(bytes);
    expect(scan.payloads).toHaveLength(3);
    expect(scan.damage).toEqual([expect.objectContaining({ recovered: true })]);
  });

  test('random damage anywhere loses no record outside it', () => {
    const payloads = Array.from({ length: 8 }, (_, n) => payloadOf({ n, text: 'x'.repeat(40) }));
    const bytes = fileOf(payloads);
    fc.assert(
      fc.property(
        fc.integer({ min: FILE_HEADER_BYTES, max: bytes.byteLength - 1 }),
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        (at, noise) => {
          const changed = Uint8Array.from(bytes);
          changed.set(noise.subarray(0, bytes.byteLength - at), at);
          const kept = texts(scanJournal(changed).payloads);
          const length = encodeRecord(payloads[0] ?? payloadOf(0)).byteLength;
          const touched = (n: number): boolean => {
            const start = FILE_HEADER_BYTES + n * length;
            return start < at + noise.byteLength && start + length > at;
          };
          expect(kept).toEqual(
            expect.arrayContaining(texts(payloads).filter((_text, n) => !touched(n))),
          );
        },
      ),
    );
  });

  test('a newer format is left alone', () => {
    expect(scanJournal(encodeFileHeader(JOURNAL_FORMAT + 1)).header).toBe('newer');
    expect(scanJournal(encodeFileHeader()).header).toBe('good');
    expect(scanJournal(encodeFileHeader(1)).header).toBe('older');
  });
});
