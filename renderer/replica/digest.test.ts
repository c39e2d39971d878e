import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestOf } from './digest.ts';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 70 });

test('[S12] one changed bit anywhere is another digest', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), (some, place) => {
      const other = some.slice();
      const index = (place >> 3) % other.length;
      other[index] = (other[index] ?? 0) ^ (1 << (place & 7));
      expect(digestOf(other)).not.toBe(digestOf(some));
    }),
  );
});

test('[S12] bytes that are cut off, or lie in another part, are another digest', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), (some, at) => {
      const cut = at % some.length;
      expect(digestOf(some.slice(0, cut))).not.toBe(digestOf(some));
      expect(digestOf(some.slice(0, cut), some.slice(cut))).not.toBe(digestOf(some));
    }),
  );
});

test('[S12] the same bytes are the same digest wherever they lie in memory', () => {
  fc.assert(
    fc.property(bytes, fc.nat(7), (some, offset) => {
      const moved = new Uint8Array(some.length + offset);
      moved.set(some, offset);
      expect(digestOf(moved.subarray(offset))).toBe(digestOf(some));
    }),
  );
  expect(digestOf(new Uint8Array(0))).toMatch(/^[0-9a-f]{16}$/);
});
