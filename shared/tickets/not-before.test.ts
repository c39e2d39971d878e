import { expect, test } from 'vitest';
import { UNDO_MS, isTooEarly, notBeforeOf } from './not-before.ts';

test('[S17] what speaks to the customer waits 5 s; all else goes at once', () => {
  expect(notBeforeOf({ kind: 'reply', text: 'Hello' }, 1_000)).toBe(6_000);
  expect(notBeforeOf({ kind: 'convert-to-feature', reason: '', message: 'Hello' }, 0)).toBe(5_000);
  expect(notBeforeOf({ kind: 'request-data', what: 'log', why: '', isPublic: true }, 0)).toBe(
    5_000,
  );
  expect(
    notBeforeOf({ kind: 'request-data', what: 'log', why: '', isPublic: false }, 0),
  ).toBeNull();
  expect(notBeforeOf({ kind: 'note', text: 'For us' }, 0)).toBeNull();
  expect(notBeforeOf({ kind: 'assign', assignee: null }, 0)).toBeNull();
});

test('[S17] it waits until its instant, and not for ever where the clock was set back', () => {
  expect(isTooEarly({ notBefore: null }, 0)).toBe(false);
  expect(isTooEarly({ notBefore: 6_000 }, 1_000)).toBe(true);
  expect(isTooEarly({ notBefore: 6_000 }, 5_999)).toBe(true);
  expect(isTooEarly({ notBefore: 6_000 }, 6_000)).toBe(false);
  expect(isTooEarly({ notBefore: 3_600_000 + UNDO_MS }, 0)).toBe(false);
});
