import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from './read-json.ts';

test.each([
  ['', 1, 1, 'the text ends too early'],
  ['{"a":1,}', 1, 8, 'a name in quotation marks is expected here'],
  ['{"a":1\n "b":2}', 2, 2, '"," or "}" is expected here'],
  ['{"a" 1}', 1, 6, '":" is expected here'],
  ['[1,\n2,\n]', 3, 1, 'a value is expected here'],
  ['[1 2]', 1, 4, '"," or "]" is expected here'],
  ['{"a":\n\n  nul}', 3, 3, 'a value is expected here'],
  ['{} {}', 1, 4, 'something follows the end'],
  ['{"a":"b', 1, 6, 'a quotation mark is not closed'],
  ['["a\\x"]', 1, 4, 'there is no such escape'],
  ['["a\tb"]', 1, 4, 'a character that must be escaped in a string'],
  ['01', 1, 2, 'something follows the end'],
])('%j is no JSON from line %i, column %i', (text, line, column, reason) => {
  expect(readJson(text)).toEqual({ ok: false, error: { line, column, reason } });
});

test('whatever JSON.parse refuses has a place within the text, and a reason', () => {
  const token = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', 'null', ' ', '\n', '"');
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      const text = tokens.join('');
      const read = readJson(text);
      if (read.ok) return;
      const line = text.split('\n')[read.error.line - 1];
      expect(line).toBeDefined();
      expect(read.error.column).toBeGreaterThan(0);
      expect(read.error.column).toBeLessThanOrEqual((line ?? '').length + 1);
    }),
    { numRuns: 2_000 },
  );
});

test('deep nesting is no danger', () => {
  expect(readJson('['.repeat(300_000))).toMatchObject({ ok: false });
});
