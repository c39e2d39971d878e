import { expect, test } from 'vitest';
import { dateIn, pastedDates, splitHolidays } from './holidays.ts';
import { alertsWords, dateWords, daysOfWeekWords, daysWords, hoursWords } from './policy-words.ts';
import { settingWords } from './setting-words.ts';
import { offsetWords, zoneItems } from './zone-items.ts';

test.each([
  [['mon', 'tue', 'wed', 'thu', 'fri'], 'Mon–Fri'],
  [['sat', 'fri', 'thu'], 'Thu–Sat'],
  [['mon', 'wed'], 'Mon, Wed'],
  [['mon', 'tue'], 'Mon, Tue'],
  [['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], 'every day'],
  [[], 'no day'],
])('days %j are %s', (days, words) => {
  expect(daysOfWeekWords(days)).toBe(words);
});

test('figures are said in the unit that fits, what is no figure as it was typed', () => {
  expect([hoursWords(0.5), hoursWords(48), hoursWords('soon'), hoursWords('')]).toEqual([
    '30 min',
    '48 h',
    '“soon”',
    'nothing',
  ]);
  expect([daysWords(1), daysWords(1.5)]).toEqual(['1 business day', '1.5 business days']);
  expect([alertsWords([]), alertsWords([480]), alertsWords([60, 30, 5])]).toEqual([
    'none',
    '8 h',
    '1 h, 30 min and 5 min',
  ]);
  expect([dateWords('2026-12-25'), dateWords('soon'), dateWords('2026-13-45')]).toEqual([
    'Fri 25 Dec 2026',
    '“soon”',
    '“2026-13-45”',
  ]);
});

test.each([
  ['timeZone', 'Time zone'],
  ['holidays.2', 'Holiday 3'],
  ['targetHours.high', 'High: answer within'],
  ['alertMinutesBefore.low.1', 'Low: alerts before the due'],
  ['escalationContacts.support-lead.name', 'Contact for Support lead: name'],
  ['shifts.team-1', 'Shifts of team-1'],
  ['shifts.team-1.0.until', 'Shifts of team-1, shift 1: until'],
  ['extra', '“extra”'],
])('the path %s is called %s', (path, words) => {
  expect(settingWords(path)).toBe(words);
});

test('holidays: upcoming first, today among them; past ones latest first', () => {
  const all = ['2027-01-01', '2026-10-03', '2026-11-24', '2026-05-01'];
  expect(splitHolidays(all, '2026-11-24')).toEqual({
    upcoming: ['2026-11-24', '2027-01-01'],
    past: ['2026-10-03', '2026-05-01'],
  });
});

test('a pasted text gives each new date once, whatever stands between', () => {
  const text = '2027-05-01 Labour Day;2027-04-02\n2027-05-01, 2026-12-25, 12027-01-011';
  expect(pastedDates(text, ['2026-12-25'])).toEqual(['2027-04-02', '2027-05-01']);
});

test('the date is that of the zone', () => {
  const at = Date.UTC(2026, 10, 24, 23, 30);
  expect(dateIn(at, 'Asia/Tokyo')).toBe('2026-11-25');
  expect(dateIn(at, 'Mars/Olympus')).toBe('2026-11-24');
});

test('zones: UTC first, each with its offset, the chosen one even where it is not known', () => {
  const at = Date.UTC(2026, 6, 1);
  expect(zoneItems('UTC', at)[0]).toEqual({ value: 'UTC', label: 'UTC', detail: '+00:00' });
  expect(zoneItems('Mars/Olympus', at)[0]).toEqual({
    value: 'Mars/Olympus',
    label: 'Mars/Olympus',
  });
  expect([offsetWords('Europe/Berlin', at), offsetWords('America/Bogota', at)]).toEqual([
    '+02:00',
    '−05:00',
  ]);
});
