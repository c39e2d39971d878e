import { expect, test } from 'vitest';
import { reply, severity, story } from '../../test/helpers/story.ts';

/** Severity changes, C10, and server faults, C15. 2026-11-18 is a Wednesday; Low is due Friday 10:00. */

test('[C10] raised in time: from the change, where the customer asked for nothing', () => {
  const told = story('2026-11-18 10:00').does('2026-11-18 15:00', severity('high'));
  expect(told.due('C1')).toBe('2026-11-19 03:00');
  expect(told.why('C1').at(-1)).toBe(
    'Raised to High 2026-11-18 15:00 by Mira Okonjo; counted from then: due 2026-11-19 03:00.',
  );
});

test('[C10] raised in time to what the customer asked for: from submission', () => {
  const told = story('2026-11-18 10:00', { askedFor: 'high' }).does(
    '2026-11-18 15:00',
    severity('high'),
  );
  expect(told.due('C1')).toBe('2026-11-18 22:00');
  expect(told.why('C1').at(-1)).toBe(
    'Raised to High 2026-11-18 15:00 by Mira Okonjo; the customer had asked for it, so counted from then: due 2026-11-18 22:00.',
  );
});

test('[C10] raised above what the customer asked for, that still binds where it is nearer', () => {
  const told = story('2026-11-18 10:00', { askedFor: 'high' }).does(
    '2026-11-18 21:00',
    severity('critical'),
  );
  expect(told.due('C1')).toBe('2026-11-18 22:00');
});

test('[C10] what was asked for so long ago that it is past falls at the change', () => {
  const told = story('2026-11-18 10:00', { askedFor: 'critical' }).does(
    '2026-11-18 15:00',
    severity('critical'),
  );
  expect(told.due('C1')).toBe('2026-11-18 15:00');
  expect(told.why('C1').at(-1)).toContain('by reclassification it was due before that');
});

test('[C10] near its due, a raise leaves the due it had', () => {
  const told = story('2026-11-18 10:00').does('2026-11-20 09:00', severity('critical'));
  expect(told.due('C1')).toBe('2026-11-20 10:00');
  expect(told.why('C1').at(-1)).toContain('the due stays 2026-11-20 10:00');
});

test.each([undefined, 'critical' as const])(
  '[C10] raised after the due it stays, asked for: %s',
  (askedFor) => {
    const told = story('2026-11-18 10:00', askedFor === undefined ? {} : { askedFor }).does(
      '2026-11-20 10:30',
      severity('critical'),
    );
    expect(told.due('C1')).toBe('2026-11-20 10:00');
    expect(told.why('C1')).toContain(
      'Raised to Critical 2026-11-20 10:30 by Mira Okonjo; it was past due already, so the due stays 2026-11-20 10:00.',
    );
  },
);

test('[C10] lowered before the due: the new target from the start', () => {
  const told = story('2026-11-18 10:00')
    .does('2026-11-18 10:00', severity('critical'))
    .does('2026-11-18 11:00', severity('medium'));
  expect(told.due('C1')).toBe('2026-11-19 10:00');
  expect(told.why('C1').at(-1)).toBe(
    'Lowered to Medium 2026-11-18 11:00 by Mira Okonjo; counted from the start: due 2026-11-19 10:00.',
  );
});

test('[C10] [C11] lowered after the due it moves out, and the miss stays on record', () => {
  const told = story('2026-11-18 10:00')
    .does('2026-11-18 10:00', severity('critical'))
    .does('2026-11-18 13:00', severity('low', 'only the test server'));
  expect(told.due('C1')).toBe('2026-11-20 10:00');
  expect(told.clock('C1')).toMatchObject({
    state: 'running',
    missedDueAt: Date.parse('2026-11-18T12:00:00Z'),
  });
  expect(told.why('C1').at(-1)).toBe(
    'It was due 2026-11-18 12:00 as Critical and that was missed; the miss stays on record.',
  );
});

test('[C10] what the customer asks for after the raise does not move it', () => {
  const told = story('2026-11-18 10:00')
    .does('2026-11-18 11:00', severity('high'))
    .writes('2026-11-18 12:00', { asked: 'high' });
  expect(told.due('C1')).toBe('2026-11-18 23:00');
});

test('[C10] a due that it had at a lower severity binds again when it is raised again', () => {
  const told = story('2026-11-18 10:00')
    .does('2026-11-18 11:00', severity('high'))
    .does('2026-11-18 12:00', severity('low'))
    .does('2026-11-18 20:00', severity('critical'));
  // 22:00 from the change; High had been due 23:00.
  expect(told.due('C1')).toBe('2026-11-18 22:00');
  told.does('2026-11-18 20:30', severity('low')).does('2026-11-18 21:00', severity('high'));
  expect(told.due('C1')).toBe('2026-11-18 23:00');
  expect(told.why('C1').at(-1)).toContain('it had been due 2026-11-18 23:00 before at that level');
});

test('[C10] C3 goes by its own message and severity changes', () => {
  const told = story('2026-11-18 10:00')
    .does('2026-11-18 11:00', reply)
    .writes('2026-11-18 12:00')
    .does('2026-11-18 13:00', severity('medium'));
  expect(told.due('C3')).toBe('2026-11-19 13:00');
  // C1 ended as Low.
  expect(told.clock('C1')).toMatchObject({ state: 'ended', severity: 'low' });
});

test('[C10] from-origin goes back to the start, also into the past', () => {
  const told = story('2026-11-18 10:00', { rules: { onSeverityChange: 'from-origin' } }).does(
    '2026-11-18 15:00',
    severity('critical'),
  );
  expect(told.due('C1')).toBe('2026-11-18 12:00');
});

test.each([
  [true, '2026-11-22 21:00', 'always'],
  [false, '2026-11-23 12:00', 'business'],
] as const)('[C15] a server fault on a Sunday, serverSupport24x7 %s', (on, dueAt, calendar) => {
  const told = story('2026-11-22 09:00', { rules: { serverSupport24x7: on } })
    .does('2026-11-22 09:00', severity('high'))
    .does('2026-11-22 09:00', { kind: 'set-server-fault', serverFault: true });
  expect(told.due('C1')).toBe(dueAt);
  expect(told.clock('C1').calendar).toBe(calendar);
  // First contact counts business time all the same.
  expect(told.due('C2')).toBe('2026-11-24 00:00');
});

test('[C15] known to be no server fault after all, it counts in business days again', () => {
  const told = story('2026-11-22 09:00', { rules: { serverSupport24x7: true } })
    .does('2026-11-22 09:00', severity('high'))
    .does('2026-11-22 09:00', { kind: 'set-server-fault', serverFault: true })
    .does('2026-11-22 10:00', { kind: 'set-server-fault', serverFault: false });
  expect(told.due('C1')).toBe('2026-11-23 12:00');
  expect(told.why('C1').slice(2, 4)).toEqual([
    'Known as a server fault, counted around the clock, 2026-11-22 09:00 by Mira Okonjo; counted from then: due 2026-11-22 21:00.',
    'Known to be no server fault 2026-11-22 10:00 by Mira Okonjo; counted from the start: due 2026-11-23 12:00.',
  ]);
});
