import { expect, test } from 'vitest';
import { cutSubmission, cutText, MAX_BODY, MAX_SUBJECT } from './cut-text.ts';

test('what fits stays as it is', () => {
  expect(cutSubmission('s', '')).toEqual({ subject: 's', texts: [''] });
  expect(cutText('x'.repeat(MAX_BODY))).toHaveLength(1);
});

test('[P3] a subject that is too long is cut, and kept whole in the message', () => {
  const long = 's'.repeat(MAX_SUBJECT + 1);
  const { subject, texts } = cutSubmission(long, 'text');
  expect(subject).toHaveLength(MAX_SUBJECT);
  expect(texts).toEqual([`${long}\n\ntext`]);
});

test('[P3] a text that is too long becomes pieces that make it up, none with half a character', () => {
  const long = `a${'\u{1f600}'.repeat(MAX_BODY)}`;
  const pieces = cutText(long);
  expect(pieces.join('')).toBe(long);
  for (const piece of pieces) {
    expect(piece.length).toBeLessThanOrEqual(MAX_BODY);
    expect(piece.isWellFormed()).toBe(true);
  }
});
