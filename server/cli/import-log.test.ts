import { expect, test } from 'vitest';
import { readAsOf } from './import-log.ts';

test.each([
  // The log was kept in Italy: two hours ahead of UTC in summer.
  ['2012-06-01T12:00', '2012-06-01T10:00:00Z'],
  ['2012-06-01', '2012-05-31T22:00:00Z'],
  ['2012-06-01T12:00Z', '2012-06-01T12:00:00Z'],
  ['2012-06-01 12:00:30+01:00', '2012-06-01T11:00:30Z'],
])('a moment given as %s is %s', (text, instant) => {
  expect(readAsOf(text)).toEqual({ ok: true, value: Date.parse(instant) });
});

test.each(['', 'now', 'yesterday', '2012-13-01T00:00', '2012-06-01T25:00Z', '1338544800'])(
  'not a moment: "%s"',
  (text) => {
    expect(readAsOf(text).ok).toBe(false);
  },
);
