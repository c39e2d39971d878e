import { expect, test } from 'vitest';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import type { PolicyDocument } from '../../shared/policy/policy-document.ts';
import { documentOf, formOf, numberOr } from './policy-form.ts';

const full: PolicyDocument = {
  ...defaultPolicyDocument,
  timeZone: 'Europe/Berlin',
  holidays: ['2026-12-25', '2026-01-01'],
  firstContactHours: null,
  progressUpdateDays: 1.5,
  shifts: {
    'team-1': [{ name: 'Early', days: ['mon', 'tue'], from: '06:00', until: '14:00' }],
    'team-2': [],
  },
};

test.each([defaultPolicyDocument, full])(
  'C15: a document comes back from the form as it was',
  (document) => {
    expect(documentOf(formOf(document))).toEqual(document);
  },
);

test('C15: what cannot be read stays as it was typed', () => {
  const form = formOf(defaultPolicyDocument);
  const document = documentOf({
    ...form,
    targetHours: { ...form.targetHours, high: ' 1,5 ', low: '' },
    alertMinutesBefore: { ...form.alertMinutesBefore, low: '480, soon, 5,' },
  });
  expect(document.targetHours).toEqual({ critical: 2, high: '1,5', medium: 24, low: '' });
  expect(document.alertMinutesBefore.low).toEqual([480, 'soon', 5]);
  expect(documentOf(formOf(document))).toEqual(document);
});

test('C2: the hours are remembered while the clock is switched off', () => {
  const form = { ...formOf(defaultPolicyDocument), firstContactHours: '36', firstContactOn: false };
  expect(documentOf(form).firstContactHours).toBeNull();
  expect(documentOf({ ...form, firstContactOn: true }).firstContactHours).toBe(36);
});

test('figures that mean different things to different people are none', () => {
  expect(['12', '0.5', '-3', '1,000', '1e3', '', '.5'].map(numberOr)).toEqual([
    12,
    0.5,
    -3,
    '1,000',
    '1e3',
    '',
    '.5',
  ]);
});
