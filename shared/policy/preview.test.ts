import { expect, test } from 'vitest';
import { convert, instant, reply, severity, story } from '../../test/helpers/story.ts';
import { applyContext } from '../../test/helpers/tickets.ts';
import type { Action } from '../tickets/command.ts';
import { previewActions } from './preview.ts';

function preview(told: ReturnType<typeof story>, at: string, ...actions: Action[]) {
  const context = applyContext(instant(at));
  const result = previewActions(told.head(), actions, context, told.policy());
  if (!result.ok) return result.error.code;
  return result.value.map(({ id, before, after }) => {
    const seen = (clock: typeof before) =>
      clock === null
        ? null
        : `${clock.state} ${new Date(clock.dueAt ?? 0).toISOString().slice(0, 16)}`;
    return [id, seen(before), seen(after)];
  });
}

test('[W5] [P10] what a conversion does to the clocks is seen before it is done', () => {
  const told = story('2026-11-18 10:00', { askedFor: 'medium' });
  const before = told.head();
  expect(preview(told, '2026-11-18 12:00', convert)).toEqual([
    ['C1', 'running 2026-11-20T10:00', 'ended 2026-11-20T10:00'],
    ['C2', 'running 2026-11-19T10:00', 'ended 2026-11-19T10:00'],
    ['C5', 'running 2026-11-19T10:00', 'stopped 2026-11-19T10:00'],
  ]);
  expect(told.head()).toBe(before);
});

test('[C10] [C16] a raise shows the due it would bring; a note changes nothing', () => {
  const told = story('2026-11-18 10:00');
  expect(preview(told, '2026-11-18 12:00', severity('critical'))).toEqual([
    ['C1', 'running 2026-11-20T10:00', 'running 2026-11-18T14:00'],
  ]);
  expect(preview(told, '2026-11-18 12:00', { kind: 'note', text: 'Seen.' })).toEqual([]);
});

test('[C3] [C16] several actions are taken one after the other', () => {
  const told = story('2026-11-18 10:00').does('2026-11-18 10:30', reply).writes('2026-11-18 11:00');
  expect(preview(told, '2026-11-18 12:00', reply, { kind: 'resolve' })).toEqual([
    ['C3', 'running 2026-11-20T11:00', null],
  ]);
});

test('[W3] what the desk would refuse is refused', () => {
  const certify: Action = { kind: 'set-category', category: 'bug', reason: null };
  expect(preview(story('2026-11-18 10:00'), '2026-11-18 12:00', certify)).toBe('needs-attempt');
});
