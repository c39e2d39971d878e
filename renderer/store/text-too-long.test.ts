import { expect, test } from 'vitest';
import { charactersTooMany, tooLongWords } from './text-too-long.ts';

test('a text is measured by what the desk takes, wherever in the action it stands', () => {
  expect(charactersTooMany({ kind: 'reply', text: 'x'.repeat(200_000) })).toBe(0);
  expect(charactersTooMany({ kind: 'reply', text: 'x'.repeat(201_234) })).toBe(1_234);
  const attempt = {
    environment: { productVersion: '1', hosting: 'saas', operatingSystem: '', browser: '' },
    steps: 'x'.repeat(200_001),
    expected: '',
    actual: 'y'.repeat(200_002),
    outcome: 'reproduced',
  } as const;
  expect(charactersTooMany({ kind: 'record-attempt', attempt })).toBe(3);
  expect(charactersTooMany({ kind: 'resolve' })).toBe(0);
});

test('it is said in characters', () => {
  expect(tooLongWords(1_234)).toBe('This is 1,234 characters too long to send.');
  expect(tooLongWords(1)).toBe('This is 1 character too long to send.');
});
