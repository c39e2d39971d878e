import { expect, test } from 'vitest';
import { command, policy, ticket, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
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

test('[C16] it stands on the accepted ticket, else on the queued changes that it follows', () => {
  const queued = item([convert]);
  expect(previewChange(queued, [critical], by)).toMatchObject({ queued: true, refusal: null });
  const undo: Action = {
    kind: 'undo-conversion',
    conversionId: queued.shown.conversion?.id ?? '',
  };
  expect(previewChange(queued, [undo], by).refusal).toBeNull();
  expect(previewChange(item(), [undo], by).refusal).not.toBeNull();
});
