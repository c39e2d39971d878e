import { expect, test } from 'vitest';
import { openableLink } from './link-rule.ts';

test.each([
  ['https://example.com/a?b=1', 'https://example.com/a?b=1'],
  ['mailto:a@example.com?subject=Hello%20there', 'mailto:a@example.com?subject=Hello%20there'],
  ['mailto:a@example.com?attach=/etc/passwd&subject=x', 'mailto:a@example.com?subject=x'],
])('[X3] %s is opened as %s', (url, opened) => {
  expect(openableLink(url)).toBe(opened);
});

test.each([
  'http://example.com',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user:secret@example.com',
  'ssh://example.com',
  'not an address',
])('[X3] %s is not opened', (url) => {
  expect(openableLink(url)).toBeNull();
});
