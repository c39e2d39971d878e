import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachmentSchema } from './attachment.ts';
import { cleanName, extensionOf, MAX_NAME_LENGTH } from './attachment-name.ts';

const hash = 'a'.repeat(64);
const fits = (name: string) =>
  attachmentSchema.safeParse({ hash, size: 1, name, type: 'text/plain' }).success;

test.each([
  ['report.pdf', 'report.pdf'],
  ['../../etc/passwd', 'passwd'],
  [String.raw`C:\Users\x\report.pdf`, 'report.pdf'],
  ['..', 'file'],
  ['', 'file'],
  ['folder/', 'folder'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['in\u200Bvoice\u0000.exe\u0000.pdf', 'invoice.exe.pdf'],
  ['invoice.pdf                                            .exe', 'invoice.pdf .exe'],
  ['a\r\nContent-Type: text/html', 'html'],
  ['a\r\nSet-Cookie: x', 'a Set-Cookie_ x'],
  ['a<b>:"c"|?*.txt', 'a_b___c____.txt'],
  ['.bashrc', 'bashrc'],
  ['trailing. . .', 'trailing'],
  ['NUL.txt', '_NUL.txt'],
  ['com1', '_com1'],
  ['console.txt', 'console.txt'],
  ['half \uD83D.png', 'half \uFFFD.png'],
  ['скриншот 日本語 😀.png', 'скриншот 日本語 😀.png'],
])('[S16] the name %j becomes %j', (raw, clean) => {
  expect(cleanName(raw)).toBe(clean);
  expect(fits(cleanName(raw))).toBe(true);
});

test('[S16] a name of 10,000 characters is cut, with its extension kept', () => {
  const cut = cleanName(`${'x'.repeat(10_000)}.pdf`);
  expect(cut).toHaveLength(MAX_NAME_LENGTH);
  expect(cut.endsWith('x.pdf')).toBe(true);
  const wide = cleanName(`${'語'.repeat(10_000)}.pdf`);
  expect(Buffer.byteLength(wide)).toBeLessThanOrEqual(200);
  expect(wide.endsWith('語.pdf')).toBe(true);
  expect(cleanName('😀'.repeat(10_000)).isWellFormed()).toBe(true);
});

test('[S16] whatever a name is made of, it becomes clean, and stays as it is from then on', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('..', '/', '\\', '.', ' ', '\u202E', '\0', 'con', 'aux.', '.exe', '\uD800'),
    fc.string({ minLength: 100, maxLength: 300 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const name = cleanName(pieces.join(''));
      expect(cleanName(name)).toBe(name);
      expect(fits(name)).toBe(true);
      expect(name).not.toMatch(/[/\\\p{Cc}\u202A-\u202E\u2066-\u2069]|^\.|[. ]$/u);
      expect(name.isWellFormed()).toBe(true);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    }),
    { numRuns: 2_000 },
  );
});

test('[S16] a name that is not clean goes over no wire', () => {
  for (const name of ['', '../x', 'a\u202Eb.exe', 'x\0', 'x'.repeat(121), '.x', 'nul', 'a/b'])
    expect([name, fits(name)]).toEqual([name, false]);
});

test('an extension is the last one, in lower case', () => {
  expect(['invoice.pdf.EXE', 'README', 'a.tar.gz', 'x.', 'a.b c', '.env'].map(extensionOf)).toEqual(
    ['exe', '', 'gz', '', '', ''],
  );
});
