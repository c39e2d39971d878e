import { expect, test } from 'vitest';
import { jsonFault } from './json-fault.ts';

test.each([
  ['{"a": [1, 2.5e3, "\\u00e9\\n"], "b": {}, "c": [true, false, null]}'],
  [' [] '],
  ['-0.5'],
])('what is JSON has no fault: %s', (text) => {
  expect(() => void JSON.parse(text)).not.toThrow();
  expect(jsonFault(text)).toBeNull();
});

test.each([
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'a comma or } is missing'],
  ['{"a": 1,\n}', 1, 8, 'a comma stands here, but a name in quotes does not follow'],
  ['{a: 1}', 1, 2, 'a name in quotes is missing'],
  ['{"a" 1}', 1, 6, 'a colon is missing'],
  ['[1, 2', 1, 6, 'a comma or ] is missing'],
  ['{"a": "unended', 1, 7, 'the end of the quoted text is missing'],
  ['{"a": yes}', 1, 7, 'a value is missing'],
  ['', 1, 1, 'a value is missing'],
  ['{} x', 1, 4, 'nothing may follow the last bracket'],
])('C15: the first fault of %j has its place', (text, line, column, reason) => {
  expect(() => void JSON.parse(text)).toThrow(SyntaxError);
  expect(jsonFault(text)).toEqual({ line, column, reason });
});
