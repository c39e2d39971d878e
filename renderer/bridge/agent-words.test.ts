import { expect, test } from 'vitest';
import { agentWords } from './agent-words.ts';

test('what a schema found is never shown to an agent; main’s own words are', () => {
  const raw = '✖ Too big: expected string to have <=200000 characters → at drafts[0].action.text';
  expect(agentWords({ code: 'bad-call', message: raw })).not.toMatch(/expected|drafts/);
  expect(agentWords({ code: 'not-saved', message: 'The disk is full.' })).toBe('The disk is full.');
});
