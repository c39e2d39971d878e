import { expect, test } from 'vitest';
import { command, policy, ticket, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { HOUR_MS } from '../../shared/base/time.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { viewTicket } from '../../shared/tickets/view.ts';
import { previewChange } from './preview-change.ts';
import type { PreviewBy } from './preview-change.ts';

const by: PreviewBy = {
  agent: { id: 'agent-1', version: 1, name: 'Mira Okonjo', role: 'agent', teamIds: ['team-1'] },
  policy: policy(),
  at: WEDNESDAY_10,
};

function item(actions: readonly Action[] = [], head = ticket()) {
  const row = { head, decidedSeq: 0 };
  const view = viewTicket(
    row,
    actions.map((action) => ({
      command: command(action),
      agentName: 'Mira Okonjo',
      role: 'agent' as const,
    })),
  );
  return { row, shown: view.shown, view: actions.length === 0 ? null : view };
}

const critical: Action = { kind: 'set-severity', severity: 'critical', reason: null };
const convert: Action = { kind: 'convert-to-feature', reason: 'a wish', message: 'Noted.' };

test('[C10] every running clock is listed, also one that stays', () => {
  const { effects, refusal } = previewChange(item(), [critical], by);
  expect(refusal).toBeNull();
  expect(effects.map(({ id, before, after }) => `${id} ${before?.dueAt === after?.dueAt}`)).toEqual(
    ['C1 false', 'C2 true'],
  );
});

test('[P3] flags that the change would raise are told, those that are there already are not', () => {
  const own = ticket();
  const head = { ...own, customer: { ...own.customer, licence: 'own-server' as const } };
  expect(previewChange(item([], head), [critical], by).flags).toEqual(['critical-is-for-saas']);
});

test('[W7] what the desk would refuse says why', () => {
  const head = ticket({ askedFor: 'high' });
  const low: Action = { kind: 'set-severity', severity: 'low', reason: null };
  expect(previewChange(item([], head), [low], by).refusal).toMatch(/needs a reason/);
});

test('[C16] it stands on the queued changes that it follows', () => {
  const high: Action = { kind: 'set-severity', severity: 'high', reason: null };
  const low: Action = { kind: 'set-severity', severity: 'low', reason: null };
  const { effects, queued } = previewChange(item([high]), [low], by);
  expect(queued).toBe(true);
  const [response] = effects;
  expect(response?.before?.dueAt).toBe(WEDNESDAY_10 + 12 * HOUR_MS);
  expect(response?.after?.dueAt).toBe(WEDNESDAY_10 + 48 * HOUR_MS);

  const converted = item([convert]);
  const undo: Action = {
    kind: 'undo-conversion',
    conversionId: converted.shown.conversion?.id ?? '',
  };
  expect(previewChange(converted, [undo], by).refusal).toBeNull();
  expect(previewChange(item(), [undo], by).refusal).not.toBeNull();
});

test('[C2] a clock that has ended is nothing to a question any more', () => {
  const question: Action = { kind: 'set-category', category: 'question', reason: null };
  const reply: Action = { kind: 'reply', text: 'Hello' };
  expect(previewChange(item(), [question], by).effects.map(({ id }) => id)).toEqual(['C1', 'C2']);
  expect(previewChange(item([reply]), [question], by).effects).toEqual([]);
});
