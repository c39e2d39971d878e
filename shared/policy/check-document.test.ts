import { expect, test } from 'vitest';
import { WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { checkDocument } from './check-document.ts';
import type { DocumentFault } from './check-document.ts';
import { defaultPolicyDocument } from './policy-document.ts';
import type { PolicyDocument } from './policy-document.ts';

const good: PolicyDocument = {
  ...defaultPolicyDocument,
  timeZone: 'Europe/Berlin',
  holidays: ['2026-12-25', '2026-12-26', '2028-02-29'],
  shifts: {
    'team-1': [
      {
        name: 'Early',
        days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
        from: '06:00',
        until: '14:00',
      },
      { name: 'Night', days: ['fri'], from: '22:00', until: '06:00' },
    ],
  },
};

function faultsOf(document: unknown): DocumentFault[] {
  const checked = checkDocument(document, WEDNESDAY_10);
  return checked.ok ? [] : checked.error;
}

/** The good one with one setting different, named as in the fault's path. */
function withSetting(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(good);
  const names = path.split('.');
  let at = copy as Record<string, unknown>;
  for (const name of names.slice(0, -1)) at = at[name] as Record<string, unknown>;
  const last = names.at(-1) ?? '';
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

test('[C15] a good document passes unchanged', () => {
  expect(checkDocument(good, WEDNESDAY_10)).toEqual({ ok: true, value: good });
  expect(checkDocument(defaultPolicyDocument, WEDNESDAY_10)).toEqual({
    ok: true,
    value: defaultPolicyDocument,
  });
  expect(faultsOf(withSetting('firstContactHours', null))).toEqual([]);
});

/** What is set, to what, where the fault is shown, and why. */
const faulty: readonly (readonly [string, unknown, string, string])[] = [
  ['timeZone', undefined, 'timeZone', 'is missing'],
  ['timeZone', 1, 'timeZone', 'must be a text'],
  ['timeZone', '', 'timeZone', 'must not be empty'],
  ['timeZone', 'Europe/Berlim', 'timeZone', 'no such IANA time zone: Europe/Berlim'],
  ['timeZone', '+02:00', 'timeZone', 'no such IANA time zone: +02:00'],
  ['holidays', undefined, 'holidays', 'is missing'],
  ['holidays', '2026-12-25', 'holidays', 'must be a list'],
  ['holidays.0', '25.12.2026', 'holidays.0', 'must be a date such as 2026-12-25'],
  ['holidays.0', '2026-02-30', 'holidays.0', 'must be a date such as 2026-12-25'],
  ['holidays.1', '2026-12-25', 'holidays.1', '2026-12-25 is there twice'],
  ['targetHours', undefined, 'targetHours', 'is missing'],
  ['targetHours.high', undefined, 'targetHours.high', 'is missing'],
  ['targetHours.high', '12', 'targetHours.high', 'must be a number'],
  ['targetHours.high', null, 'targetHours.high', 'must be a number'],
  ['targetHours.high', Number.NaN, 'targetHours.high', 'must be a number'],
  ['targetHours.high', 0, 'targetHours.high', 'must be more than 0'],
  ['targetHours.high', -1, 'targetHours.high', 'must be more than 0'],
  ['targetHours.low', 10_001, 'targetHours.low', 'must be at most 10000'],
  [
    'targetHours.high',
    30,
    'targetHours.medium',
    'is shorter than that of high, which is the worse severity',
  ],
  ['targetHours.urgent', 1, 'targetHours.urgent', 'there is no such setting'],
  ['firstContactHours', undefined, 'firstContactHours', 'is missing'],
  ['firstContactHours', 'off', 'firstContactHours', 'must be a number'],
  ['firstContactHours', 0, 'firstContactHours', 'must be more than 0'],
  ['progressUpdateDays', 366, 'progressUpdateDays', 'must be at most 365'],
  ['progressUpdateDays', '3', 'progressUpdateDays', 'must be a number'],
  ['onSeverityChange', undefined, 'onSeverityChange', 'is missing'],
  ['onSeverityChange', 'kind', 'onSeverityChange', 'must be one of fair, from-origin'],
  ['atRiskMinutes', [], 'atRiskMinutes', 'must be a group of settings'],
  ['atRiskMinutes.low', 0, 'atRiskMinutes.low', 'must be more than 0'],
  ['alertMinutesBefore.low', 480, 'alertMinutesBefore.low', 'must be a list'],
  [
    'alertMinutesBefore.high',
    [30, 120],
    'alertMinutesBefore.high.1',
    'the largest must come first',
  ],
  ['alertMinutesBefore.high', [30, 30], 'alertMinutesBefore.high.1', '30 is there twice'],
  ['alertMinutesBefore.high', [30, -1], 'alertMinutesBefore.high.1', 'must be more than 0'],
  [
    'alertMinutesBefore.critical',
    [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
    'alertMinutesBefore.critical',
    'must have at most 12 entries',
  ],
  ['escalationContacts', 'me', 'escalationContacts', 'must be a group of settings'],
  ['escalationContacts.management', undefined, 'escalationContacts.management', 'is missing'],
  ['escalationContacts.nobody', {}, 'escalationContacts.nobody', 'there is no such setting'],
  [
    'escalationContacts.management.name',
    '',
    'escalationContacts.management.name',
    'must not be empty',
  ],
  [
    'escalationContacts.management.address',
    'x'.repeat(321),
    'escalationContacts.management.address',
    'must have at most 320 characters',
  ],
  [
    'escalationContacts.customer.acknowledgeWithinMinutes',
    undefined,
    'escalationContacts.customer.acknowledgeWithinMinutes',
    'is missing',
  ],
  [
    'escalationContacts.development.phone',
    '112',
    'escalationContacts.development.phone',
    'there is no such setting',
  ],
  ['shifts', [], 'shifts', 'must be a group of settings'],
  ['shifts.team 1', [], 'shifts.team 1', 'is no id: letters, digits and . _ : - only'],
  ['shifts.team-1.0.name', '', 'shifts.team-1.0.name', 'must not be empty'],
  ['shifts.team-1.0.days', [], 'shifts.team-1.0.days', 'must not be empty'],
  ['shifts.team-1.0.days', ['mon', 'mon'], 'shifts.team-1.0.days', 'a day is there twice'],
  [
    'shifts.team-1.0.days.0',
    'monday',
    'shifts.team-1.0.days.0',
    'must be one of mon, tue, wed, thu, fri, sat, sun',
  ],
  ['shifts.team-1.0.from', '6:00', 'shifts.team-1.0.from', 'must be a time such as 06:30'],
  ['shifts.team-1.0.until', '24:00', 'shifts.team-1.0.until', 'must be a time such as 06:30'],
  ['shifts.team-1.0.until', '06:00', 'shifts.team-1.0.until', 'is when it begins'],
  ['shifts.team-1.0.breaks', [], 'shifts.team-1.0.breaks', 'there is no such setting'],
  ['serverSupport24x7', undefined, 'serverSupport24x7', 'is missing'],
  ['serverSupport24x7', 'no', 'serverSupport24x7', 'must be true or false'],
  ['colour', 'blue', 'colour', 'there is no such setting'],
];

test.each(faulty)('[C15] %s = %j is refused', (setting, value, path, reason) => {
  expect(faultsOf(withSetting(setting, value))).toEqual([{ path, reason }]);
});

test('[C15] every fault is named, not only the first', () => {
  const document = { ...good, timeZone: 'Nowhere', holidays: ['2026-12-25', '2026-12-25'] };
  expect(faultsOf(document).map((fault) => fault.path)).toEqual(['timeZone', 'holidays.1']);
});

test('[C15] a target that no business day ends is refused', () => {
  const holidays = Array.from({ length: 800 }, (_, day) =>
    new Date(Date.parse('2026-11-18') + day * 86_400_000).toISOString().slice(0, 10),
  );
  const tooLong = 'would not end within two years of business days';
  expect(faultsOf({ ...good, holidays })).toEqual([
    { path: 'targetHours.high', reason: tooLong },
    { path: 'targetHours.medium', reason: tooLong },
    { path: 'targetHours.low', reason: tooLong },
    { path: 'firstContactHours', reason: tooLong },
    { path: 'progressUpdateDays', reason: tooLong },
  ]);
});

test.each([[null], ['text'], [[]], [7], [true]])('[C15] %j is no document', (document) => {
  expect(faultsOf(document)).toEqual([{ path: '', reason: 'must be a group of settings' }]);
});
