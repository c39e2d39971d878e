import { expect, test } from 'vitest';
import { story } from '../../test/helpers/story.ts';
import { applyContext, ticket, uuid, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { apply } from './apply.ts';
import type { Action } from './command.ts';

const asks = (isPublic: boolean): Action => ({
  kind: 'request-data',
  what: 'The log of last night',
  why: 'It names the mail that stopped it.',
  isPublic,
});

test('[C7] [W2] sent to the customer it is a public reply, and the ticket waits', () => {
  const told = story('2026-11-18 10:00').does('2026-11-18 11:00', asks(true));
  expect(told.head().status.value).toBe('waiting');
  expect([told.state('C1'), told.state('C2')]).toEqual(['ended', 'ended']);
  const applied = apply(ticket(), asks(true), applyContext(WEDNESDAY_10));
  expect(applied.ok && applied.value.entries.map((entry) => entry.body)).toMatchObject([
    { kind: 'message', text: 'The log of last night\n\nIt names the mail that stopped it.' },
    { kind: 'data-request', isPublic: true },
    { kind: 'change', field: 'status', from: 'open', to: 'waiting' },
  ]);
});

test('[C7] [W2] kept internal it is no reply, and nothing waits', () => {
  const told = story('2026-11-18 10:00').does('2026-11-18 11:00', asks(false));
  expect(told.head().status.value).toBe('open');
  expect([told.state('C1'), told.state('C2')]).toEqual(['running', 'running']);
  const applied = apply(ticket(), asks(false), applyContext(WEDNESDAY_10));
  expect(applied.ok && applied.value.entries).toHaveLength(1);
});

test('[W2] it is ticked off, and opened again; one that is not there is refused', () => {
  const told = story('2026-11-18 10:00').does('2026-11-18 11:00', asks(true));
  const requestId = told.head().dataRequests[0]?.id ?? '';
  told.writes('2026-11-18 15:00');
  // The answer ends the waiting; whether it is the data, an agent says.
  expect(told.head()).toMatchObject({
    status: { value: 'open' },
    dataRequests: [{ state: { value: 'open' } }],
  });
  for (const state of ['received', 'open', 'withdrawn'] as const) {
    told.does('2026-11-18 16:00', { kind: 'set-data-request', requestId, state });
    expect(told.head().dataRequests[0]?.state).toMatchObject({ value: state, agentId: 'agent-1' });
  }
  const other: Action = { kind: 'set-data-request', requestId: uuid(7), state: 'received' };
  expect(apply(told.head(), other, applyContext(WEDNESDAY_10))).toMatchObject({
    error: { code: 'bad-command' },
  });
});

test('[W2] nothing is asked for on a ticket that is resolved or closed', () => {
  const told = story('2026-11-18 10:00').does('2026-11-18 11:00', { kind: 'resolve' });
  expect(apply(told.head(), asks(true), applyContext(WEDNESDAY_10))).toMatchObject({
    error: { code: 'closed' },
  });
});
