import { describe, expect, test } from 'vitest';
import type { Alert } from './decide.ts';
import { notificationBody, notificationTitle, plain, spanInWords } from './notification-text.ts';
import { alertWords, digestWords } from './words.ts';

const MINUTE = 60_000;
const alert: Alert = {
  key: 'k',
  ticketId: 't1',
  reference: 'VH-20421',
  subject: 'Nobody can log in',
  organisation: 'Acme',
  clock: 'C1',
  severity: 'critical',
  dueAt: 100 * MINUTE,
  edgeAt: 0,
  repeats: false,
};

describe('[X3] notification text', () => {
  test('holds no control, bidi or invisible characters', () => {
    expect(plain('a\u202Eb\u2066c\u200Bd\u0000e\u001B[31mf\uFEFF\u{E0041}', 100)).toBe(
      'abcde[31mf',
    );
  });

  test('is one line', () => {
    expect(plain('first\r\n\r\nsecond\tthird\u2028fourth', 100)).toBe('first second third fourth');
  });

  test('is cut to length between characters as people see them', () => {
    expect(notificationTitle('x'.repeat(500))).toHaveLength(100);
    expect(plain('e\u0301'.repeat(10), 5)).toBe(`${'e\u0301'.repeat(4)}…`);
    expect(plain('x'.repeat(12_000), 10)).toBe('xxxxxxxxx…');
  });

  test('cannot be read as markup by the notification service', () => {
    expect(notificationBody('<img src=x> &amp; <b>')).not.toMatch(/[<>&]/);
  });

  test('holds no lone surrogate', () => {
    expect(plain('a\uD83Db', 10)).toBe('ab');
  });
});

test('says severity, time left, reference, subject and customer', () => {
  expect(alertWords(alert, 86 * MINUTE, 0)).toEqual({
    title: 'Critical, 14 min left: VH-20421',
    body: 'Nobody can log in (Acme)',
  });
  expect(alertWords(alert, 107 * MINUTE, 0).title).toBe('Critical, overdue by 7 min: VH-20421');
  expect(alertWords(alert, 85 * MINUTE + 900, 0).title).toBe('Critical, 15 min left: VH-20421');
});

test('[A8] says how old its data is when over 5 minutes', () => {
  expect(alertWords(alert, 0, 5 * MINUTE).body).not.toContain('as of');
  expect(alertWords(alert, 0, 12 * MINUTE).body).toBe('Nobody can log in (Acme), as of 12 min ago');
});

test('[A3] a digest names the first and counts the rest', () => {
  const many = Array.from({ length: 7 }, (_, n) => ({ ...alert, reference: `VH-${n}` }));
  const words = digestWords(many, 101 * MINUTE, 0);
  expect(words.title).toBe('7 alerts, 7 overdue');
  expect(words.body).toContain('VH-0 Critical, overdue by 1 min');
  expect(words.body).toContain('and 4 more');
});

test('spans are said in minutes, hours and days', () => {
  expect([14, 59, 60, 185, 48 * 60, 52 * 60].map((each) => spanInWords(each * MINUTE))).toEqual([
    '14 min',
    '59 min',
    '1 h',
    '3 h 5 min',
    '2 d',
    '2 d 4 h',
  ]);
});
