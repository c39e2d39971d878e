import { expect, test } from 'vitest';
import { HOUR_MS } from '../../shared/base/time.ts';
import { ok } from '../../shared/base/result.ts';
import type { BridgeParams } from '../../shared/bridge/methods.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import { buildDayTable } from '../../shared/policy/day-table.ts';
import { adoptPolicy } from '../../shared/policy/policy-change.ts';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import { apply } from '../../shared/tickets/apply.ts';
import type { Command } from '../../shared/tickets/command.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import { submit as takeIn } from '../../shared/tickets/intake.ts';
import { openBridge } from '../bridge/bridge.ts';
import { timelineEntries } from '../features/ticket/timeline-entries.ts';
import { createConsole } from './console.ts';
import { createDeskClock } from './desk-clock.ts';
import { loadTimeline, selectTicket } from './selection.ts';
import { noteSeen } from './seen.ts';
import { submit } from './submit.ts';
import { takeReplica } from './take-replica.ts';
import { createTicker } from './ticker.ts';

const at = Date.parse('2026-11-23T09:00:00Z');
const made = takeIn(
  {
    id: 'A',
    reference: 'VH-A',
    subject: 'Subject',
    text: 'Text',
    customer: { id: 'c', organisation: 'O', contact: 'C', address: 'c@x.example', licence: 'saas' },
    channel: 'email',
    teamId: 't1',
    asked: null,
    receivedAt: at,
  },
  { version: 1, acceptedAt: at },
);
const row = { head: made.head, decidedSeq: 0 };

/** What goes with a stored page that takes nothing away. */
const rest = {
  kind: 'changed',
  removed: [],
  listed: null,
  policy: null,
  progress: { held: 1, wanted: 0 },
} as const;

function start(timeline: () => Entry[] | null) {
  const calls: unknown[] = [];
  const now = () => at + HOUR_MS;
  const console = createConsole({
    timers: { after: () => () => undefined },
    clock: createDeskClock(now),
    ticker: createTicker({ now, after: () => () => undefined, isHidden: () => true }),
    bridge: openBridge(
      {
        call: (name, params) => {
          calls.push({ name, params });
          return Promise.resolve(ok({ commands: [] }) as never);
        },
        on: () => () => undefined,
      },
      () => undefined,
    ),
  });
  console.queue.setContext(
    {
      policy: compilePolicy(firstRules),
      agent: { id: 'me', teamIds: ['t1'] },
      dayStartAt: at,
    },
    now(),
  );
  console.queue.putRows([row], now());
  console.replica = {
    connect: () => undefined,
    follow: () => undefined,
    timeline: () => Promise.resolve({ entries: timeline(), isWhole: true }),
  };
  return { console, calls };
}

const firstRules: PolicyVersion = {
  version: 1,
  rules: 1,
  rulesAt: 0,
  agentId: null,
  document: defaultPolicyDocument,
  days: buildDayTable('UTC', at - 40 * 24 * HOUR_MS, at + 400 * 24 * HOUR_MS),
};

const reply: Command = {
  id: '00000000-0000-7000-8000-000000000001',
  agentId: 'me',
  consoleId: 'c1',
  seq: 1,
  after: null,
  ticketId: 'A',
  baseVersion: 1,
  threadSeen: 1,
  writtenAt: at,
  notBefore: null,
  undoes: null,
  afterRestore: false,
  action: { kind: 'reply', text: 'Hello' },
};

function accepted(): { row: typeof row; entries: Entry[] } {
  const applied = apply(made.head, reply.action, {
    version: 2,
    acceptedAt: at + 1,
    writtenAt: at,
    agentId: 'me',
    agentName: 'Me',
    role: 'agent',
    consoleId: 'c1',
    commandId: reply.id,
  });
  if (!applied.ok) throw new Error('the reply does not apply');
  return { row: { head: applied.value.head, decidedSeq: 1 }, entries: applied.value.entries };
}

test('S4: a reply stays in sight while the desk accepts it, once at every moment', async () => {
  const { console } = start(() => made.entries);
  console.queue.setCommands(
    new Map([['A', [{ command: reply, agentName: 'Me', role: 'agent' }]]]),
    at,
  );
  selectTicket(console, 'A');
  await loadTimeline(console, 'A');
  const replies = (): number => {
    const { timeline, commands } = console.state.getState();
    const view = console.queue.get('A')?.view ?? null;
    return timelineEntries(timeline?.entries ?? [], view, commands, 'A', 'Me').filter(
      ({ entry }) => entry.commandId === reply.id,
    ).length;
  };
  expect(replies()).toBe(1);
  const seen: number[] = [];
  console.state.subscribe(() => seen.push(replies()));
  const { row: decided, entries } = accepted();
  takeReplica(console, { ...rest, rows: [decided], entries });
  expect(new Set(seen)).toEqual(new Set([1]));
  expect(console.queue.get('A')?.view).toBeNull();
});

test('[C14] [C16] another policy is taken with the rows that hold its facts, and not before', () => {
  const { console } = start(() => made.entries);
  const changeAt = at + 3 * HOUR_MS;
  const targetHours = { ...defaultPolicyDocument.targetHours, low: 1 };
  const document = { ...defaultPolicyDocument, targetHours, firstContactHours: null };
  const policy: PolicyVersion = {
    ...firstRules,
    version: 3,
    rules: 2,
    rulesAt: changeAt,
    document,
  };
  // By the new rules it would have been due long ago: the desk keeps it at the change.
  const { head } = adoptPolicy(
    row.head,
    compilePolicy(firstRules),
    compilePolicy(policy),
    changeAt,
  );
  const due = () => console.queue.get('A')?.urgency.dueAt;
  const before = due();
  const rows = [{ head: { ...head, version: 2 }, decidedSeq: 0 }];
  takeReplica(console, { ...rest, rows, entries: [], policy: firstRules });
  expect(due()).toBe(before);
  takeReplica(console, { ...rest, rows: [], entries: [], policy });
  expect(due()).toBe(changeAt);
});

test('S7: after a reset nothing of the other epoch stays on screen', async () => {
  const { console } = start(() => made.entries);
  selectTicket(console, 'A');
  await loadTimeline(console, 'A');
  takeReplica(console, { kind: 'reset' });
  expect(console.state.getState().timeline?.entries).toEqual([]);
});

test('a timeline that could not be read is said to be so, and read again with the next change', async () => {
  let readable = false;
  const { console } = start(() => (readable ? made.entries : null));
  selectTicket(console, 'A');
  await loadTimeline(console, 'A');
  expect(console.state.getState().timeline).toEqual({
    ticketId: 'A',
    entries: null,
    failed: true,
  });
  readable = true;
  takeReplica(console, { ...rest, rows: [], entries: [] });
  await Promise.resolve();
  await Promise.resolve();
  expect(console.state.getState().timeline).toEqual({
    ticketId: 'A',
    entries: made.entries,
    failed: false,
  });
});

test('S5: the actions of one intent go to the journal as one, to be saved together or not at all', async () => {
  const { console, calls } = start(() => made.entries);
  const actions = [{ kind: 'resolve' } as const, reply.action];
  selectTicket(console, 'A');
  noteSeen(console, 'A', 1);
  await submit(console, 'A', actions);
  const params: BridgeParams<'commands.submit'> = {
    drafts: actions.map((action) => ({
      ticketId: 'A',
      baseVersion: 1,
      threadSeen: 1,
      undoes: null,
      action,
    })),
  };
  expect(calls).toEqual([{ name: 'commands.submit', params }]);
});

test('S3: a message that is loaded but was not on screen is not said to be seen; it never goes back', async () => {
  const { console, calls } = start(() => made.entries);
  const threadSeen = async (): Promise<number | undefined> => {
    await submit(console, 'A', [reply.action]);
    const { params } = calls.at(-1) as { params: BridgeParams<'commands.submit'> };
    return params.drafts[0]?.threadSeen;
  };
  selectTicket(console, 'A');
  await loadTimeline(console, 'A');
  expect(await threadSeen()).toBe(0);
  noteSeen(console, 'A', 5);
  noteSeen(console, 'A', 3);
  noteSeen(console, 'B', 9);
  expect(await threadSeen()).toBe(5);
  takeReplica(console, { kind: 'reset' });
  expect(console.state.getState().seen).toEqual({ ticketId: 'A', version: 0 });
  selectTicket(console, 'B');
  expect(console.state.getState().seen).toEqual({ ticketId: 'B', version: 0 });
});

test('a text that is too long is not handed on, and its writer is told by how much', async () => {
  const { console, calls } = start(() => made.entries);
  const saved = await submit(console, 'A', [{ kind: 'reply', text: 'x'.repeat(200_010) }]);
  expect(saved).toEqual({ ok: false, error: 'This is 10 characters too long to send.' });
  expect(calls).toEqual([]);
});
