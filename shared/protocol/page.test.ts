import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinPage, splitPage } from './page.ts';

const part = fc.uint8Array({ maxLength: 200 });

test('[S15] a page comes apart as it was put together', () => {
  fc.assert(
    fc.property(part, part, part, (envelope, rows, entries) => {
      const page = splitPage(joinPage({ envelope, rows, entries }));
      expect(page.ok && page.value).toEqual({ envelope, rows, entries });
    }),
  );
});

test('[S15] a page cut anywhere, or with more behind it, is refused', () => {
  const bytes = joinPage({
    envelope: new Uint8Array([1, 2, 3]),
    rows: new Uint8Array([4]),
    entries: new Uint8Array([]),
  });
  for (let length = 0; length < bytes.byteLength; length += 1) {
    expect(splitPage(bytes.subarray(0, length)).ok).toBe(false);
  }
  expect(splitPage(Uint8Array.from([...bytes, 0])).ok).toBe(false);
});
