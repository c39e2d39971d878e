import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../shared/base/time.ts';
import {
  agoChangesAt,
  agoWords,
  countdown,
  countdownChangesAt,
  lengthWords,
  when,
  zoneWords,
} from './time-words.ts';

const now = Date.parse('2026-11-23T14:16:00Z');
const words = (leftMs: number): string => {
  const { value, unit } = countdown(now + leftMs, now);
  return `${value} ${unit}`.trim();
};

test('a countdown says hours and minutes, seconds only in the last hour, days from two on', () => {
  expect(words(HOUR_MS + 42 * MINUTE_MS)).toBe('1:42 h');
  expect(words(21 * MINUTE_MS + 8 * SECOND_MS)).toBe('21:08 min');
  expect(words(-7 * MINUTE_MS)).toBe('−0:07 h');
  expect(words(-20 * SECOND_MS)).toBe('now');
  expect(words(0)).toBe('0:00 min');
  expect(words(2 * DAY_MS + 5 * HOUR_MS)).toBe('2 d 5 h');
  expect(words(47 * HOUR_MS)).toBe('47:00 h');
  expect(words(Number.POSITIVE_INFINITY)).toBe('—');
});

test('a countdown reads the same until the instant it names, and otherwise at it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -4 * DAY_MS, max: 4 * DAY_MS }),
      fc.integer({ min: 0, max: 999 }),
      (leftMs, offMs) => {
        const at = now + offMs;
        const dueAt = at + leftMs;
        const changesAt = countdownChangesAt(dueAt, at);
        expect(changesAt).toBeGreaterThan(at);
        expect(changesAt % SECOND_MS).toBe(0);
        expect(countdown(dueAt, changesAt - 1)).toEqual(countdown(dueAt, at));
        expect(countdown(dueAt, changesAt)).not.toEqual(countdown(dueAt, at));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('how long ago is said coarsely', () => {
  expect(agoWords(now - 3_000, now)).toBe('just now');
  expect(agoWords(now - 12_000, now)).toBe('10 s ago');
  expect(agoWords(now - 5 * MINUTE_MS, now)).toBe('5 min ago');
  expect(agoWords(now - 30 * HOUR_MS, now)).toBe('30 h ago');
  expect(agoChangesAt(now - 12_000, now)).toBe(now + 8_000);
});

test('a length of counted time', () => {
  expect(lengthWords(2 * HOUR_MS)).toBe('2 h');
  expect(lengthWords(30 * MINUTE_MS)).toBe('30 min');
  expect(lengthWords(90 * MINUTE_MS)).toBe('1:30 h');
  expect(lengthWords(72 * HOUR_MS)).toBe('72 h');
});

test('an instant is named by time today, by weekday near, by date far, in its zone', () => {
  expect(when(now, now, 'UTC')).toBe('14:16');
  expect(when(now + DAY_MS, now, 'UTC')).toBe('Tue 14:16');
  expect(when(now - 8 * DAY_MS, now, 'UTC')).toBe('15 Nov 14:16');
  // A weekday could be read as one that comes.
  expect(when(now - 2 * DAY_MS, now, 'UTC')).toBe('21 Nov 14:16');
  expect(when(now, now, 'Asia/Kolkata')).toBe('19:46');
  expect(zoneWords('America/Sao_Paulo')).toBe('Sao Paulo');
});
