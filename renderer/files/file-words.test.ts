import { expect, test } from 'vitest';
import { comingWords, sizeWords, uploadWords, warningWords } from './file-words.ts';

test('sizes are short, and never nothing', () => {
  expect([1, 1_023, 1_024, 1_500, 1_048_575, 1_048_576, 26_214_400].map(sizeWords)).toEqual([
    '1 B',
    '1023 B',
    '1 KB',
    '1 KB',
    '1024 KB',
    '1.0 MB',
    '25.0 MB',
  ]);
});

test('[S16] what runs and what lies is warned of, each in its words', () => {
  expect(warningWords({ executable: false, lies: false })).toBeNull();
  expect(warningWords({ executable: true, lies: false })).toMatch(/can run as a program/);
  expect(warningWords({ executable: false, lies: true })).toMatch(/not what its name says/);
  expect(warningWords({ executable: true, lies: true })).toMatch(/under the name of another/);
});

test('[S16] an upload is said as far as it is, never as more', () => {
  const upload = { hash: 'a'.repeat(64), size: 1_000, sent: 999, trouble: null };
  expect(uploadWords(undefined)).toBeNull();
  expect(uploadWords({ ...upload, sent: 0 })).toBe('waiting to be sent');
  expect(uploadWords(upload)).toBe('99 % sent');
  expect(uploadWords({ ...upload, trouble: 'The desk is full.' })).toBe(
    'not sent yet: The desk is full.',
  );
  expect(comingWords(0, 0)).toBe('0 %');
});
