import { expect, test } from 'vitest';
import { bug, close, severity, story } from '../../test/helpers/story.ts';
import { applyContext, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { apply } from './apply.ts';
import type { Action } from './command.ts';
import type { TicketHead } from './head.ts';

function entriesOf(head: TicketHead, action: Action) {
  const result = apply(head, action, applyContext(WEDNESDAY_10, { version: 9 }));
  return result.ok ? result.value.entries : result.error.code;
}

const open = () => story('2026-11-18 10:00').head();

test.each<[Action, object]>([
  [severity('high'), { field: 'severity', from: 'low', to: 'high', reason: 'as seen' }],
  [bug, { field: 'category', from: 'uncategorised', to: 'bug', reason: 'seen by three' }],
  [
    { kind: 'set-server-fault', serverFault: true },
    { field: 'server-fault', from: false, to: true },
  ],
  [
    { kind: 'assign', assignee: 'agent-2' },
    { field: 'assignee', from: null, to: 'agent-2' },
  ],
  [{ kind: 'set-waiting' }, { field: 'status', from: 'open', to: 'waiting' }],
  [{ kind: 'resolve' }, { field: 'status', from: 'open', to: 'resolved' }],
  [close, { field: 'status', from: 'open', to: 'closed', closeReason: 'done' }],
])('[W7] %j says who, when, from what, to what', (action, body) => {
  expect(entriesOf(open(), action)).toMatchObject([
    {
      author: { kind: 'agent', id: 'agent-1', name: 'Mira Okonjo' },
      acceptedAt: WEDNESDAY_10,
      version: 9,
      body: { kind: 'change', ...body },
    },
  ]);
});

test('[W7] what changes nothing says nothing; the first look at a severity says it was confirmed', () => {
  const confirmed = story('2026-11-18 10:00').does('2026-11-18 10:30', severity('low')).head();
  expect(entriesOf(open(), severity('low'))).toMatchObject([{ body: { from: 'low', to: 'low' } }]);
  expect(entriesOf(confirmed, severity('low'))).toEqual([]);
  expect(entriesOf(open(), { kind: 'reopen' })).toEqual([]);
  expect(entriesOf(open(), { kind: 'assign', assignee: null })).toEqual([]);
});

test('[W7] [C5] the stamp of the first look stays that of who looked', () => {
  const told = story('2026-11-18 10:00').does('2026-11-18 10:30', severity('medium'));
  const { triaged } = told.head();
  told.does('2026-11-18 12:00', severity('high'), { agentId: 'agent-2' });
  expect(told.head().triaged).toEqual(triaged);
  expect(told.head().severity).toMatchObject({ value: 'high', agentId: 'agent-2' });
});

test('[C15] only servers of SaaS customers are marked', () => {
  const head = open();
  const own: TicketHead = { ...head, customer: { ...head.customer, licence: 'own-server' } };
  expect(entriesOf(own, { kind: 'set-server-fault', serverFault: true })).toBe('bad-command');
});

test('[C13] closing as "other" needs a text; what is closed is reopened before it is resolved', () => {
  expect(entriesOf(open(), { kind: 'close', reason: 'other', text: ' ' })).toBe('needs-reason');
  const closed = story('2026-11-18 10:00').does('2026-11-18 11:00', close).head();
  expect(entriesOf(closed, { kind: 'resolve' })).toBe('closed');
  expect(entriesOf(closed, { kind: 'set-waiting' })).toBe('closed');
});

test('[C3] there must be a message that waits, or was set aside', () => {
  expect(entriesOf(open(), { kind: 'no-reply-needed', text: '' })).toBe('nothing-to-do');
  expect(entriesOf(open(), { kind: 'reply-needed' })).toBe('nothing-to-do');
});
