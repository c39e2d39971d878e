import { expect, test } from 'vitest';
import { defaultPolicyDocument } from '../../../shared/policy/policy-document.ts';
import type { LooseDocument } from '../../store/policy-form.ts';
import { policyChanges } from './policy-changes.ts';

const base: LooseDocument = { ...defaultPolicyDocument, holidays: ['2026-12-25', '2026-12-26'] };

test('C15: nothing changed is no change, whatever the order of holidays', () => {
  expect(policyChanges(base, structuredClone(base))).toEqual([]);
  expect(policyChanges(base, { ...base, holidays: base.holidays.toReversed() })).toEqual([]);
});

test('C15: each change is a setting in words, with what it was and will be', () => {
  const early = { name: 'Early', days: ['mon', 'tue', 'wed'], from: '22:00', until: '06:00' };
  const after: LooseDocument = {
    ...base,
    timeZone: 'Europe/Berlin',
    holidays: ['2026-12-25', '2027-01-01', '2027-04-02'],
    targetHours: { ...base.targetHours, high: 8, low: 'soon' },
    firstContactHours: null,
    onSeverityChange: 'from-origin',
    serverSupport24x7: true,
    escalationContacts: {
      ...base.escalationContacts,
      management: { ...base.escalationContacts.management, name: 'M. Okafor' },
    },
    shifts: { 'team-1': [early] },
  };
  expect(policyChanges(base, after).map(({ what, from, to }) => [what, from, to])).toEqual([
    ['Time zone', 'UTC', 'Europe/Berlin'],
    ['Holidays', null, 'Fri 1 Jan 2027, Fri 2 Apr 2027'],
    ['Holidays', 'Sat 26 Dec 2026', null],
    ['High: answer within', '12 h', '8 h'],
    ['Low: answer within', '48 h', '“soon”'],
    ['First contact within', '24 h', 'switched off'],
    ['A severity change', 'fair', 'from the origin'],
    ['Server faults count', 'in business days', 'around the clock'],
    ['Contact for Management: name', 'Head of support', 'M. Okafor'],
    ['Shifts of team-1', null, 'Early, Mon–Wed 22:00–06:00 next day'],
  ]);
});
