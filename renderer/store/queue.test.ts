import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../shared/base/time.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import { buildDayTable } from '../../shared/policy/day-table.ts';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import { severities } from '../../shared/policy/severity.ts';
import { compareUrgency, urgencyOf } from '../../shared/policy/urgency.ts';
import { apply } from '../../shared/tickets/apply.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { submit } from '../../shared/tickets/intake.ts';
import type { PendingCommand, TicketRow } from '../../shared/tickets/view.ts';
import { createQueue } from './queue.ts';
import type { Queue } from './queue.ts';
import { queueViews, viewBit, viewsOf } from './queue-views.ts';

const startAt = Date.parse('2026-11-23T09:00:00Z');
const policy = compilePolicy({
  version: 1,
  rules: 1,
  rulesAt: 0,
  agentId: null,
  document: defaultPolicyDocument,
  days: buildDayTable('UTC', startAt - 40 * 24 * HOUR_MS, startAt + 400 * 24 * HOUR_MS),
});
const agent = { id: 'me', teamIds: ['t1'] };
const context = { policy, agent, dayStartAt: startAt - 9 * HOUR_MS };

function ticket(id: string, ageMs: number, asked: (typeof severities)[number] | null): TicketRow {
  const receivedAt = startAt - ageMs;
  const { head } = submit(
    {
      id,
      reference: `VH-${id}`,
      subject: `Subject ${id}`,
      text: 'Text',
      customer: {
        id: 'c',
        organisation: 'Kestrel',
        contact: 'R. Haas',
        address: 'r@x.example',
        licence: 'saas',
      },
      channel: 'email',
      teamId: 't1',
      asked,
      receivedAt,
    },
    { version: 1, acceptedAt: receivedAt },
  );
  return { head, decidedSeq: 0 };
}

function changed(row: TicketRow, action: Action, at: number): TicketRow {
  const version = row.head.version + 1;
  const applied = apply(row.head, action, {
    version,
    acceptedAt: at,
    writtenAt: at,
    agentId: 'me',
    agentName: 'Me',
    role: 'agent',
    consoleId: 'c1',
    commandId: `${row.head.id}-${version}`,
  });
  return applied.ok ? { ...row, head: applied.value.head } : row;
}

const actions: readonly Action[] = [
  ...severities.map((severity) => ({ kind: 'set-severity' as const, severity, reason: null })),
  { kind: 'reply', text: 'Hello' },
  { kind: 'set-category', category: 'feature', reason: 'wish' },
  { kind: 'set-category', category: 'bug', reason: 'seen' },
  { kind: 'set-waiting' },
  { kind: 'resolve' },
  { kind: 'reopen' },
  { kind: 'assign', assignee: 'me' },
  { kind: 'assign', assignee: 'other' },
];

/** What the queue must equal: everything reckoned at one instant and sorted once. */
function fromScratch(rows: ReadonlyMap<string, TicketRow>, now: number) {
  return [...rows.values()]
    .map(({ head }) => {
      const urgency = urgencyOf(head, policy, now);
      return { urgency, views: viewsOf({ accepted: head, shown: head, urgency }, context) };
    })
    .toSorted((a, b) => compareUrgency(a.urgency, b.urgency));
}

function expectSame(queue: Queue, rows: ReadonlyMap<string, TicketRow>, now: number): void {
  const wanted = fromScratch(rows, now);
  for (const view of queueViews) {
    const inView = wanted.filter((each) => (each.views & viewBit(view)) !== 0);
    expect(queue.list(view, '').map((item) => item.id)).toEqual(
      inView.map((each) => each.urgency.ticketId),
    );
    expect(queue.count(view)).toBe(inView.length);
  }
}

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('change' as const),
      ticket: fc.nat(11),
      action: fc.constantFrom(...actions),
    }),
    fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 0, max: 900 }) }),
  ),
  { maxLength: 40 },
);
const tickets = fc.array(
  fc.record({
    ageMinutes: fc.integer({ min: 0, max: 4_000 }),
    asked: fc.constantFrom(...severities, null),
  }),
  { minLength: 1, maxLength: 12 },
);

test('U3 U4: after any changes and any time the order and the counts equal those made from scratch', () => {
  fc.assert(
    fc.property(tickets, steps, (made, todo) => {
      const queue = createQueue();
      let now = startAt;
      queue.setContext(context, now);
      const rows = new Map(
        made.map(({ ageMinutes, asked }, index) => {
          const id = `T${index}`;
          return [id, ticket(id, ageMinutes * MINUTE_MS, asked)];
        }),
      );
      queue.putRows([...rows.values()], now);
      for (const step of todo) {
        if (step.kind === 'pass') {
          now += step.minutes * MINUTE_MS;
          queue.advance(now);
        } else {
          const row = rows.get(`T${step.ticket % made.length}`);
          if (row === undefined) continue;
          const next = changed(row, step.action, now);
          rows.set(next.head.id, next);
          queue.putRows([next], now);
        }
        expectSame(queue, rows, now);
      }
    }),
    { numRuns: 150 },
  );
});

test('U4: time that crosses no edge moves nothing', () => {
  const queue = createQueue();
  queue.setContext(context, startAt);
  queue.putRows([ticket('A', MINUTE_MS, 'critical')], startAt);
  expect(queue.advance(queue.nextEdgeAt() - 1)).toBe(false);
  expect(queue.advance(queue.nextEdgeAt())).toBe(true);
});

test('S8: an older row never replaces a newer one; at the same version more of our own commands counts (S4)', () => {
  const queue = createQueue();
  queue.setContext(context, startAt);
  const old = ticket('A', MINUTE_MS, null);
  const fresh = changed(old, { kind: 'assign', assignee: 'me' }, startAt);
  queue.putRows([fresh], startAt);
  queue.putRows([old], startAt);
  expect(queue.get('A')?.shown.assignee.value).toBe('me');
  queue.putRows([{ ...fresh, decidedSeq: 3 }], startAt);
  queue.putRows([fresh], startAt);
  expect(queue.get('A')?.row.decidedSeq).toBe(3);
});

function pending(row: TicketRow, seq: number, action: Action): PendingCommand {
  return {
    agentName: 'Me',
    role: 'agent',
    command: {
      id: `00000000-0000-7000-8000-00000000000${seq}`,
      agentId: 'me',
      consoleId: 'c1',
      seq,
      after: null,
      ticketId: row.head.id,
      baseVersion: row.head.version,
      threadSeen: row.head.version,
      writtenAt: startAt,
      notBefore: null,
      undoes: null,
      afterRestore: false,
      action,
    },
  };
}

test('C6 C16: a queued reply shows, and the ticket keeps its place and its due', () => {
  const queue = createQueue();
  queue.setContext(context, startAt);
  const row = ticket('A', HOUR_MS, 'critical');
  queue.putRows([row], startAt);
  const before = queue.get('A')?.urgency;
  queue.setCommands(new Map([['A', [pending(row, 1, { kind: 'reply', text: 'Hello' })]]]), startAt);
  expect(queue.get('A')?.view?.pendingEntries).toHaveLength(1);
  expect(queue.get('A')?.urgency).toEqual(before);
});

test('C16: a queued resolve leaves the ticket in the queue while a clock counts, and lists it as resolved', () => {
  const queue = createQueue();
  queue.setContext(context, startAt);
  const row = ticket('A', HOUR_MS, null);
  queue.putRows([row], startAt);
  queue.setCommands(new Map([['A', [pending(row, 1, { kind: 'resolve' })]]]), startAt);
  expect(queue.list('all-open', '')).toHaveLength(1);
  expect(queue.list('resolved-today', '')).toHaveLength(1);
  queue.setCommands(new Map(), startAt);
  expect(queue.get('A')?.view).toBeNull();
  expect(queue.list('resolved-today', '')).toHaveLength(0);
});

test('S4: a command that the row already holds is not shown twice', () => {
  const queue = createQueue();
  queue.setContext(context, startAt);
  const row = ticket('A', HOUR_MS, null);
  queue.setCommands(
    new Map([['A', [pending(row, 1, { kind: 'assign', assignee: 'me' })]]]),
    startAt,
  );
  queue.putRows([{ ...row, decidedSeq: 1 }], startAt);
  expect(queue.get('A')?.view).toBeNull();
});

test('a search looks through every ticket, whatever the view', () => {
  const queue = createQueue();
  queue.setContext(context, startAt);
  queue.putRows([ticket('A', HOUR_MS, null), ticket('B', HOUR_MS, null)], startAt);
  expect(queue.list('escalated', 'vh-b').map((item) => item.id)).toEqual(['B']);
  expect(queue.list('escalated', 'KESTREL')).toHaveLength(2);
});

test('rows that come before the first policy wait for it', () => {
  const queue = createQueue();
  queue.putRows([ticket('A', HOUR_MS, null)], startAt);
  expect(queue.size()).toBe(0);
  queue.setContext(context, startAt);
  expect(queue.size()).toBe(1);
});
