import { expect, test } from 'vitest';
import { contentTypeOf, judgeName } from './content-type.ts';
import { imageSize } from './image-size.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const text = (value: string) => new TextEncoder().encode(value);

/** The smallest of each kind that says its size: 3 by 2. */
const png = bytes('89504e470d0a1a0a 0000000d 49484452 00000003 00000002 0802000000');
const gif = bytes('474946383961 0300 0200 000000');
const jpeg = bytes('ffd8 ffe0 0004 0000 ffff c4 0003 00 ffc2 0011 08 0002 0003 03');
const webps = [
  bytes('52494646 00000000 57454250 56503858 0a000000 00000000 020000 010000'),
  bytes('52494646 00000000 57454250 5650384c 00000000 2f 02400000'),
  bytes('52494646 00000000 57454250 56503820 00000000 000000 9d012a 0300 0200'),
];

test.each([
  ['image/png', png],
  ['image/gif', gif],
  ['image/jpeg', jpeg],
  ['application/pdf', text('%PDF-1.7')],
  ['application/zip', bytes('504b0304')],
  ['application/x-msdownload', text('MZ\u0090')],
  ['application/x-executable', bytes('7f454c46')],
  ['text/x-script', text('#!/bin/sh')],
  ['text/plain', text('<script>alert(1)</script> \u00e9 \u8a9e \u{1f600}\t\r\n')],
  ['text/plain', text('\u{1f600}').subarray(0, 3)],
  ['application/octet-stream', bytes('00')],
  ['application/octet-stream', bytes('c0af')],
  ['application/octet-stream', bytes('fe')],
  ['text/plain', new Uint8Array()],
])('[S16] content is told by its first bytes: %s', (type, content) => {
  expect(contentTypeOf(content)).toBe(type);
});

test('[S16] webp is told from other RIFF files', () => {
  for (const webp of webps) expect(contentTypeOf(webp)).toBe('image/webp');
  expect(contentTypeOf(bytes('52494646 00000000 57415645'))).toBe('application/octet-stream');
});

test('[X3] the size of an image is read before anything decodes it', () => {
  const size = { width: 3, height: 2 };
  expect(imageSize(png, 'image/png')).toEqual(size);
  expect(imageSize(gif, 'image/gif')).toEqual(size);
  expect(imageSize(jpeg, 'image/jpeg')).toEqual(size);
  for (const webp of webps) expect(imageSize(webp, 'image/webp')).toEqual(size);
});

test('[X3] an image that ends before it says its size, or says none, has none', () => {
  for (const [type, whole] of [
    ['image/png', png],
    ['image/gif', gif],
    ['image/jpeg', jpeg],
    ['image/webp', webps[0]],
  ] as const)
    for (let length = 0; length < 10; length += 1)
      expect(imageSize((whole ?? png).subarray(0, length), type)).toBeNull();
  expect(imageSize(bytes('474946383961 0000 0200'), 'image/gif')).toBeNull();
  // Segments that lead nowhere end with the file.
  expect(imageSize(bytes('ffd8 ff e0 0000 ff e0 0000'), 'image/jpeg')).toBeNull();
});

test.each([
  ['photo.png', 'image/png', false, false],
  ['photo.PNG', 'image/jpeg', false, true],
  ['invoice.pdf', 'application/x-msdownload', true, true],
  ['invoice.pdf.exe', 'application/x-msdownload', true, false],
  ['setup.exe', 'text/plain', true, false],
  ['run', 'application/x-executable', true, false],
  ['notes.txt', 'text/plain', false, false],
  // Old logs are not UTF-8.
  ['notes.log', 'application/octet-stream', false, false],
  ['notes.txt', 'application/zip', false, true],
  ['page.html', 'text/plain', true, false],
  ['letter.docx', 'application/zip', false, false],
  ['letter.docx', 'application/pdf', false, true],
  ['dump.bin', 'application/octet-stream', false, false],
  ['a.pdf.SCR', 'application/octet-stream', true, false],
  ['x.lnk', 'application/octet-stream', true, false],
  ['x.docm', 'application/zip', true, false],
])('[S16] %s with %s: executable %s, lies %s', (name, type, executable, lies) => {
  expect(judgeName(name, type)).toEqual({ executable, lies });
});
