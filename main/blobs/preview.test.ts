import { expect, test } from 'vitest';
import { MAX_PREVIEW_TEXT, previewSchema } from '../../shared/bridge/blobs.ts';
import { previewOf } from './preview.ts';

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => [
      ...(typeof part === 'string' ? new TextEncoder().encode(part) : part),
    ]),
  );

/** A PNG's start that says its size. */
function png(width: number, height: number) {
  const size = new DataView(new ArrayBuffer(8));
  size.setUint32(0, width);
  size.setUint32(4, height);
  const sizes = [...new Uint8Array(size.buffer)];
  return bytes([0x89], 'PNG\r\n\u001A\n', [0, 0, 0, 13], 'IHDR', sizes, [8, 2, 0, 0, 0]);
}

test('[X3] images are shown by their content, whatever their name', () => {
  const image = png(3, 2);
  expect(previewOf(image, 'photo.png')).toEqual({
    kind: 'image',
    executable: false,
    lies: false,
    type: 'image/png',
    bytes: image,
    width: 3,
    height: 2,
  });
  expect(previewOf(image, 'photo.jpg')).toMatchObject({ kind: 'image', lies: true });
  expect(previewOf(image, 'photo.png.exe')).toMatchObject({ kind: 'image', executable: true });
});

test('[X3] an image of more pixels than there is memory for is not shown, nor one without a size', () => {
  expect(previewOf(png(30_000, 30_000), 'bomb.png')).toMatchObject({
    kind: 'none',
    why: 'too-large',
  });
  expect(previewOf(png(0, 2), 'x.png')).toMatchObject({ kind: 'none', why: 'type' });
  const large = new Uint8Array(11 * 1024 * 1024);
  large.set(png(3, 2));
  expect(previewOf(large, 'x.png')).toMatchObject({ kind: 'none', why: 'too-large' });
});

test('[X3] text is text, also where it could be a page or a drawing', () => {
  const page = '<script>alert(1)</script>';
  expect(previewOf(bytes(page), 'page.html')).toMatchObject({ kind: 'text', text: page });
  expect(previewOf(bytes('<svg onload="x"/>'), 'x.svg')).toMatchObject({ kind: 'text' });
  expect(previewOf(bytes('#!/bin/sh'), 'notes.txt')).toMatchObject({ kind: 'text', lies: false });
});

test('[X3] a long text is cut, never within a character', () => {
  const long = previewOf(bytes('\u{1f600}'.repeat(MAX_PREVIEW_TEXT)), 'x.txt');
  expect(previewSchema.parse(long)).toMatchObject({ kind: 'text', cut: true });
  expect(long.kind === 'text' && long.text).toBe('\u{1f600}'.repeat(MAX_PREVIEW_TEXT / 4));
  const odd = previewOf(bytes('a', '\u{1f600}'.repeat(MAX_PREVIEW_TEXT)), 'x.txt');
  expect(odd.kind === 'text' && odd.text.isWellFormed()).toBe(true);
});

test('[X3] what turns out to be no text further on, and all else, is not shown', () => {
  const later = bytes('a'.repeat(5_000), [0xff, 0xfe]);
  expect(previewOf(later, 'x.txt')).toMatchObject({ kind: 'none', why: 'type' });
  expect(previewOf(bytes('%PDF-1.7'), 'x.pdf')).toMatchObject({ kind: 'none', lies: false });
  expect(previewOf(bytes('MZ', [0]), 'x.pdf')).toMatchObject({
    kind: 'none',
    executable: true,
    lies: true,
  });
});
