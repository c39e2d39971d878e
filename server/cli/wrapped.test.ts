import { expect, test } from 'vitest';
import { wrapped } from './wrapped.ts';

test('lines are cut where words end, and go on indented', () => {
  expect(wrapped('  one two three four', 10, '    ')).toEqual([
    '  one two',
    '    three',
    '    four',
  ]);
  expect(wrapped('', 10, ' ')).toEqual(['']);
});

test('a word without an end is cut, and what would disturb a terminal is not shown', () => {
  const lines = wrapped(`a ${'x'.repeat(25)} \u001B[31mred`, 10, '  ');
  expect(lines.join('')).not.toContain('\u001B');
  expect(lines.every((line) => line.length <= 10)).toBe(true);
  expect(lines.join('').replaceAll(' ', '')).toBe(`a${'x'.repeat(25)}?[31mred`);
});
