import { expect, test } from 'vitest';
import { plainBody, plainLine } from './plain-line.ts';

test('X3: characters that steer the direction of text are left out', () => {
  const steering = [0x61c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e];
  const isolating = [0x2066, 0x2067, 0x2068, 0x2069];
  for (const code of [...steering, ...isolating])
    expect(plainLine(`a${String.fromCodePoint(code)}b`)).toBe('ab');
});

test('X3: control characters are left out, and a line stays one line', () => {
  expect(plainLine('a\u0000\u0007b\u001B[31mc\u007F')).toBe('ab[31mc');
  expect(plainLine('a\r\nb\tc\u2028d')).toBe('a b c d');
});

test('X3: text of any script stays as it is', () => {
  for (const text of ['שלום VH-1', 'مرحبا', 'Grüße 👩‍💻', 'a–b “c”'])
    expect(plainLine(text)).toBe(text);
});

test('X3: a body keeps its lines and tabs, and loses what overrides or embeds a direction', () => {
  for (const code of [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069])
    expect(plainBody(`a${String.fromCodePoint(code)}b`)).toBe('ab');
  expect(plainBody('a\r\n\tb\rc\u2028d\u0000\u001B[31m')).toBe('a\n\tb\nc\nd[31m');
  expect(plainBody('שלום\nVH-1 👩‍💻')).toBe('שלום\nVH-1 👩‍💻');
});
