import { expect, test } from 'vitest';
import { category, reply, severity, story } from '../../test/helpers/story.ts';
import { flagsOf } from './flags.ts';
import { severities } from './severity.ts';

/** What is promised, and from when it counts: P2, P3, C1, C2, C5, C6, C8, C17. 2026-11-18 is a Wednesday. */

test.each([
  ['critical', '2026-11-18 12:00', 'always'],
  ['high', '2026-11-18 22:00', 'business'],
  ['medium', '2026-11-19 10:00', 'business'],
  ['low', '2026-11-20 10:00', 'business'],
] as const)('[P2] [C1] set to %s at once, an answer is owed by %s', (given, dueAt, calendar) => {
  const told = story('2026-11-18 10:00').does('2026-11-18 10:00', severity(given));
  expect(told.due('C1')).toBe(dueAt);
  expect(told.clock('C1')).toMatchObject({ severity: given, calendar });
});

test('[P2] [C8] on a Sunday Critical counts, the others wait for Monday', () => {
  const sunday = (given: (typeof severities)[number]) =>
    story('2026-11-22 09:30').does('2026-11-22 09:30', severity(given)).due('C1');
  expect(severities.map(sunday)).toEqual([
    '2026-11-22 11:30',
    '2026-11-23 12:00',
    '2026-11-24 00:00',
    '2026-11-25 00:00',
  ]);
});

test('[P3] every ticket starts as Low and untriaged; what was asked for is kept beside it', () => {
  const told = story('2026-11-18 10:00', { askedFor: 'high' });
  expect(told.head()).toMatchObject({
    severity: { value: 'low' },
    triaged: { value: false },
    asked: [{ severity: 'high' }],
  });
  expect(told.due('C1')).toBe('2026-11-20 10:00');
  expect(story('2026-11-18 10:00').head().asked).toEqual([]);
});

test('[P3] what is outside P2 is flagged, and a flag changes no clock', () => {
  const { customer } = story('2026-11-18 10:00').head();
  const chat = story('2026-11-18 10:00', { channel: 'chat' });
  expect(flagsOf(chat.head())).toEqual(['chat-needs-high-or-critical']);
  expect(chat.due('C1')).toBe(story('2026-11-18 10:00').due('C1'));
  expect(flagsOf(chat.does('2026-11-18 10:05', severity('high')).head())).toEqual([]);
  const own = story('2026-11-18 10:00', {
    askedFor: 'critical',
    customer: { ...customer, licence: 'own-server' },
  });
  expect(flagsOf(own.head())).toEqual(['critical-is-for-saas']);
  expect(own.due('C5')).toBe('2026-11-18 12:00');
  expect(flagsOf(own.does('2026-11-18 11:00', severity('high')).head())).toEqual([]);
});

test('[C1] [C6] at exactly the due it is met, a millisecond later it is not', () => {
  const inTime = story('2026-11-18 10:00').does('2026-11-20 10:00', reply);
  expect(inTime.clock('C1')).toMatchObject({ state: 'ended', missedDueAt: null });
  const late = story('2026-11-18 10:00').does('2026-11-20 10:00:00.001', reply);
  expect(late.clock('C1').missedDueAt).toBe(late.clock('C1').dueAt);
});

test('[C6] a reply written offline in time but accepted late ends the clock late', () => {
  const writtenAt = Date.parse('2026-11-20T09:00:00Z');
  const told = story('2026-11-18 10:00').does('2026-11-20 11:30', reply, { writtenAt });
  expect(told.why('C1').slice(-2)).toEqual([
    'It was due 2026-11-20 10:00 as Low and that was missed; the miss stays on record.',
    'Answered 2026-11-20 11:30, 1 hour 30 minutes late.',
  ]);
});

test('[C2] 24 business hours to first contact, also where the severity allows longer', () => {
  // Saturday 18:00: 6 hours are left of the week.
  expect(story('2026-11-21 18:00').due('C2')).toBe('2026-11-23 18:00');
  const question = story('2026-11-18 10:00').does('2026-11-18 11:00', category('question'));
  expect(question.state('C2')).toBeNull();
  expect(question.does('2026-11-18 12:00', category('bug')).state('C2')).toBe('running');
  expect(story('2026-11-18 10:00', { rules: { firstContactHours: null } }).state('C2')).toBeNull();
});

test('[C2] a raise to Critical does not move first contact, and both misses are told apart', () => {
  const told = story('2026-11-18 10:00').does('2026-11-18 11:00', severity('critical'));
  expect(told.due('C2')).toBe('2026-11-19 10:00');
  told.ticks('2026-11-20 00:00');
  expect(told.head().misses.map(({ clock }) => clock)).toEqual(['C1', 'C2']);
});

test('[C5] asked for later, the nearest due binds; setting the same severity confirms it', () => {
  const told = story('2026-11-18 10:00', { askedFor: 'medium' });
  expect(told.due('C5')).toBe('2026-11-19 10:00');
  told.writes('2026-11-18 14:00', { asked: 'high', received: '2026-11-18 13:00' });
  expect(told.due('C5')).toBe('2026-11-19 01:00');
  told.does('2026-11-18 20:00', severity('low', 'one user'));
  expect(told.clock('C5')).toMatchObject({ state: 'ended', severity: 'high', missedDueAt: null });
  // Asking once more, above what it was given, wants another look.
  told.writes('2026-11-19 08:00', { asked: 'critical' });
  expect(told.clock('C5')).toMatchObject({ state: 'running', severity: 'critical' });
  expect(told.due('C5')).toBe('2026-11-19 10:00');
});

test('[C5] later changes of severity leave the end of triage where it was', () => {
  const told = story('2026-11-18 10:00', { askedFor: 'high' })
    .does('2026-11-18 11:00', severity('high'))
    .does('2026-11-25 11:00', severity('low', 'a workaround helps'));
  expect(told.why('C5').at(-1)).toBe('Triaged 2026-11-18 11:00, in time.');
});

test('[C8] a Friday of 23 hours: the hour that was left out is owed on Monday', () => {
  // Cairo went from 00:00 to 01:00 on Friday 24 April 2026, which began 22:00 UTC and ended 21:00 UTC.
  const told = story('2026-04-23 22:00', { rules: { timeZone: 'Africa/Cairo' } });
  expect(told.due('C1')).toBe('2026-04-26 22:00');
});

test('[C4] [C8] a Thursday of 25 hours: the hour that came twice counts twice', () => {
  // Cairo went back from 24:00 to 23:00 on Thursday 29 October 2026, which ended 22:00 UTC.
  const told = story('2026-10-29 03:00', { rules: { timeZone: 'Africa/Cairo' } })
    .does('2026-10-29 03:00', reply)
    .does('2026-10-29 03:00', category('bug'));
  expect(told.due('C4')).toBe('2026-11-02 03:00');
});

test('[C8] a holiday on a Saturday joins the Sunday, and is named', () => {
  const told = story('2026-12-24 18:00', { rules: { holidays: ['2026-12-25', '2026-12-26'] } });
  expect(told.due('C1')).toBe('2026-12-29 18:00');
  expect(told.why('C1')).toEqual([
    'Received 2026-12-24 18:00 as Low: an answer is owed within 48 counted hours, Monday to Saturday, by 2026-12-29 18:00.',
    'Not counted: 2026-12-25 (holiday), 2026-12-26 (holiday), 2026-12-27.',
  ]);
});

test('[C17] each clock has a severity: the ticket’s, or for C5 the asked-for one', () => {
  const told = story('2026-11-18 10:00', { askedFor: 'critical' }).does(
    '2026-11-18 10:30',
    category('bug'),
  );
  expect(told.clock('C1').severity).toBe('low');
  expect(told.clock('C2').severity).toBe('low');
  expect(told.clock('C4').severity).toBe('low');
  expect(told.clock('C5').severity).toBe('critical');
});
