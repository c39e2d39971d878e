import { expect, test } from 'vitest';
import { bug, convert, feature, severity, story } from '../../test/helpers/story.ts';
import { applyContext, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { apply } from './apply.ts';
import type { Role } from '../base/roles.ts';
import type { TicketHead } from './head.ts';

function converted(head: TicketHead, reason: string, role: Role) {
  const action = { ...convert, reason } as typeof convert;
  const result = apply(head, action, applyContext(WEDNESDAY_10, { role }));
  return result.ok ? result.value : result.error.code;
}

const medium = () => story('2026-11-18 10:00').does('2026-11-18 10:00', severity('medium'));
const high = () => story('2026-11-18 10:00').does('2026-11-18 10:00', severity('high'));

test('[P10] [W5] a Medium problem becomes a feature request of severity Low, answered', () => {
  const told = medium().does('2026-11-18 12:00', convert);
  expect(told.head()).toMatchObject({
    category: { value: 'feature' },
    severity: { value: 'low' },
    conversion: { fromCategory: 'uncategorised', fromSeverity: 'medium' },
  });
  // The message is the answer: C1 ended as Medium.
  expect(told.clock('C1')).toMatchObject({ state: 'ended', severity: 'medium' });
});

test('[W5] [W7] it is one action: the message, and who made it what from what, why', () => {
  const done = converted(medium().head(), 'a wish', 'agent');
  expect(typeof done !== 'string' && done.entries).toMatchObject([
    { body: { kind: 'message' }, author: { id: 'agent-1', name: 'Mira Okonjo' } },
    {
      body: {
        kind: 'converted',
        fromCategory: 'uncategorised',
        fromSeverity: 'medium',
        reason: 'a wish',
      },
    },
  ]);
});

test('[C12] from High it needs a lead or a stated reason, and a message', () => {
  expect(converted(high().head(), ' ', 'agent')).toBe('needs-reason');
  for (const role of ['lead', 'admin'] as const)
    expect(converted(high().head(), '', role)).toMatchObject({
      head: { severity: { value: 'low' } },
    });
  expect(converted(high().head(), 'not a fault', 'agent')).toMatchObject({
    head: { category: { value: 'feature' } },
  });
  const alone = apply(high().head(), feature, applyContext(WEDNESDAY_10));
  expect(alone).toMatchObject({ error: { code: 'needs-message' } });
});

test('[W5] from Medium it needs a reason, also of a lead', () => {
  expect(converted(medium().head(), '', 'lead')).toBe('needs-reason');
});

test('[C12] only the conversion that stands can be undone, once', () => {
  const told = high().does('2026-11-18 11:00', bug).does('2026-11-18 12:00', convert);
  const conversionId = told.head().conversion?.id ?? '';
  const undo = { kind: 'undo-conversion', conversionId } as const;
  told.does('2026-11-18 13:00', undo);
  expect(told.head()).toMatchObject({
    category: { value: 'bug' },
    severity: { value: 'high' },
    conversion: null,
  });
  // The news it owes counts from the message of the conversion.
  expect(told.due('C4')).toBe('2026-11-21 12:00');
  expect(apply(told.head(), undo, applyContext(WEDNESDAY_10))).toMatchObject({
    error: { code: 'nothing-to-do' },
  });
});

test('[C12] a severity that was given since the conversion stays when it is undone', () => {
  const told = high()
    .does('2026-11-18 12:00', convert)
    .does('2026-11-18 13:00', severity('medium'));
  const conversionId = told.head().conversion?.id ?? '';
  told.does('2026-11-18 14:00', { kind: 'undo-conversion', conversionId });
  expect(told.head().severity.value).toBe('medium');
});
