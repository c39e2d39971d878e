import { expect, test } from 'vitest';
import { shortName } from './initials.ts';

test('a short name is the first word and the initial of the last', () => {
  expect(shortName('Ada Lovelace')).toBe('Ada L.');
  expect(shortName('Jean-Baptiste de la Tour')).toBe('Jean-Baptiste T.');
  expect(shortName('agent-7')).toBe('agent-7');
  expect(shortName('Ada 👩')).toBe('Ada');
});
