import { expect, test } from 'vitest';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import { checkDocument } from './check-document.ts';

test('[C15] the default document is a good one', () => {
  expect(checkDocument(defaultPolicyDocument)).toEqual({ ok: true, value: defaultPolicyDocument });
});

test.each([
  [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
  [{ holidays: ['2026-02-30'] }, 'holidays.0'],
  [{ targetHours: { ...defaultPolicyDocument.targetHours, low: -1 } }, 'targetHours.low'],
  [{ onSeverityChange: 'maybe' }, 'onSeverityChange'],
])('[C15] a bad document is refused with path and reason: %j', (change, path) => {
  const checked = checkDocument({ ...defaultPolicyDocument, ...change });
  expect(checked).toMatchObject({ ok: false, error: [{ path }] });
});
