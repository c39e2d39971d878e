import { expect, test } from 'vitest';
import { applyContext, command, ticket, WEDNESDAY_10 } from '../../test/helpers/tickets.ts';
import { apply } from './apply.ts';
import type { Action, Command } from './command.ts';
import { decide } from './decide.ts';
import type { TicketHead } from './head.ts';
import { receiveMessage } from './intake.ts';

const severity = (value: 'critical' | 'high' | 'medium' | 'low'): Action => ({
  kind: 'set-severity',
  severity: value,
  reason: null,
});
const reply: Action = { kind: 'reply', text: 'We are on it.' };

function decided(head: TicketHead, by: Command, version: number, openHeld: string[] = []) {
  const context = {
    version,
    acceptedAt: WEDNESDAY_10,
    agentName: 'Mira Okonjo',
    role: 'agent' as const,
    openHeld,
  };
  return decide(head, by, context);
}

/** The head after a command that must have effect. */
function after(head: TicketHead, by: Command, version: number): TicketHead {
  const { applied, outcome } = decided(head, by, version);
  if (applied === null) throw new Error(`no effect: ${outcome.kind}`);
  return applied.head;
}

const other = { agentId: 'agent-2', consoleId: 'console-2' };

test('[S3] a command on the newest version is applied', () => {
  const { outcome, applied } = decided(ticket(), command(severity('high')), 2);
  expect(outcome).toEqual({ kind: 'applied', version: 2, acceptedAt: WEDNESDAY_10 });
  expect(applied?.head.severity).toMatchObject({ value: 'high', version: 2, agentId: 'agent-1' });
});

test('[S3] an old base with nothing it depends on changed is merged', () => {
  const noted = after(ticket(), command({ kind: 'note', text: 'seen' }, other), 2);
  expect(decided(noted, command(severity('high')), 3).outcome.kind).toBe('merged');
});

test('[S3] the same value from another console is merged, another one superseded', () => {
  const high = after(ticket(), command(severity('high'), other), 2);
  expect(decided(high, command(severity('high')), 3).outcome.kind).toBe('merged');
  expect(decided(high, command(severity('low')), 3)).toMatchObject({
    outcome: {
      kind: 'superseded',
      field: 'severity',
      standing: 'high',
      wanted: 'low',
      standingAgentId: 'agent-2',
    },
    applied: null,
  });
});

test('[S3] changes by the same console never supersede', () => {
  const high = after(ticket(), command(severity('high')), 2);
  expect(decided(high, command(severity('low')), 3).outcome.kind).toBe('merged');
});

test('[S3] a reply is held when the customer wrote after what its agent saw', () => {
  const { head } = receiveMessage(
    ticket(),
    { id: 'm1', text: 'It works again!', receivedAt: WEDNESDAY_10 },
    { version: 5, acceptedAt: WEDNESDAY_10 },
  );
  expect(decided(head, command(reply, { threadSeen: 4 }), 6)).toMatchObject({
    outcome: { kind: 'held', because: 'customer-message' },
    applied: null,
  });
  expect(decided(head, command(reply, { threadSeen: 5 }), 6).outcome.kind).toBe('merged');
});

test("[S3] a reply is held after another agent's reply, not after one's own", () => {
  const mine = after(ticket(), command(reply), 2);
  expect(decided(mine, command(reply), 3).outcome.kind).toBe('merged');
  const theirs = after(mine, command(reply, { ...other, threadSeen: 2 }), 3);
  expect(decided(theirs, command(reply, { threadSeen: 2 }), 4).outcome).toMatchObject({
    kind: 'held',
    because: 'agent-reply',
  });
});

test.each<Action>([
  { kind: 'resolve' },
  { kind: 'set-waiting' },
  { kind: 'close', reason: 'done', text: '' },
  { kind: 'set-category', category: 'feature', reason: null },
])('[S3] what would stop a clock is held like a reply: %o', (action) => {
  const { head } = receiveMessage(
    ticket(),
    { id: 'm1', text: 'No!', receivedAt: WEDNESDAY_10 },
    { version: 5, acceptedAt: WEDNESDAY_10 },
  );
  expect(decided(head, command(action), 6).outcome.kind).toBe('held');
});

test('[S3] later commands of these kinds are held with an open group, others go on', () => {
  const first = command(reply);
  expect(decided(ticket(), command({ kind: 'resolve' }), 3, [first.id]).outcome).toMatchObject({
    kind: 'held',
    because: 'group',
  });
  const note = command({ kind: 'note', text: 'still here' });
  expect(decided(ticket(), note, 3, [first.id]).outcome.kind).toBe('applied');
});

test('[S3] a decision must name the whole group', () => {
  const [a, b] = [command(reply), command(reply)];
  const decision = (...ids: string[]) =>
    command({ kind: 'decide', held: ids.map((id) => ({ id, as: 'discarded' as const })) });
  expect(decided(ticket(), decision(a.id), 4, [a.id, b.id]).outcome.kind).toBe('refused');
  expect(decided(ticket(), decision(a.id, b.id), 4, [a.id, b.id]).outcome.kind).toBe('applied');
});

test('[W3] certifying a bug needs a reproduced attempt or a reason', () => {
  const bug: Action = { kind: 'set-category', category: 'bug', reason: null };
  expect(decided(ticket(), command(bug), 2).outcome).toMatchObject({
    kind: 'refused',
    refusal: { code: 'needs-attempt' },
  });
  const tried = after(
    ticket(),
    command({
      kind: 'record-attempt',
      attempt: {
        environment: {
          productVersion: '6.2.0',
          hosting: 'saas',
          operatingSystem: 'Debian 12',
          browser: '',
        },
        steps: 'Pipe a multipart mail into it.',
        expected: 'a ticket',
        actual: 'nothing',
        outcome: 'reproduced',
      },
    }),
    2,
  );
  expect(decided(tried, command(bug, { baseVersion: 2 }), 3).outcome.kind).toBe('applied');
});

test('[W7] triaging below what the customer asked for needs a reason', () => {
  const asked = ticket({ askedFor: 'high' });
  expect(decided(asked, command(severity('low')), 2).outcome).toMatchObject({
    refusal: { code: 'needs-reason' },
  });
  const why = command({ kind: 'set-severity', severity: 'low', reason: 'one user only' });
  expect(decided(asked, why, 2).outcome.kind).toBe('applied');
  expect(decided(asked, command(severity('critical')), 2).outcome.kind).toBe('applied');
});

test('[C12] a feature made of High or Critical needs a message to the customer, and a reason', () => {
  const critical = after(ticket(), command(severity('critical')), 2);
  const feature = command({ kind: 'set-category', category: 'feature', reason: 'it is one' });
  expect(decided(critical, feature, 3).outcome).toMatchObject({
    refusal: { code: 'needs-message' },
  });
  const convert = command({ kind: 'convert-to-feature', reason: ' ', message: 'We pass it on.' });
  expect(decided(critical, convert, 3).outcome).toMatchObject({
    refusal: { code: 'needs-reason' },
  });
});

test('[W6] only features go to product management; "other" needs a text', () => {
  const escalate = (level: 'product-management' | 'development', text: string): Command =>
    command({ kind: 'escalate', level, reason: 'other', text });
  expect(decided(ticket(), escalate('product-management', 'x'), 2).outcome.kind).toBe('refused');
  expect(decided(ticket(), escalate('development', ''), 2).outcome.kind).toBe('refused');
  const done = after(ticket(), escalate('development', 'needs the parser team'), 2);
  expect(done.escalations).toHaveLength(1);
});

test('[S4] entries have the same id wherever they are made', () => {
  const note: Action = { kind: 'note', text: 'x' };
  const ids = [1, 99].map((version) => {
    const applied = apply(ticket(), note, applyContext(WEDNESDAY_10, { version }));
    return applied.ok ? applied.value.entries.map((entry) => entry.id) : [];
  });
  expect(ids[0]).toEqual(ids[1]);
});

test('[S17] taking back has effect only while what it takes back still stands', () => {
  const high = command(severity('high'));
  const changed = after(ticket(), high, 2);
  const undo = command(severity('medium'), { undoes: high.id, baseVersion: 2 });
  expect(decided(changed, undo, 3).outcome.kind).toBe('applied');
  const overtaken = after(changed, command(severity('low')), 3);
  expect(decided(overtaken, undo, 4)).toMatchObject({
    outcome: { kind: 'superseded', standing: 'low', wanted: 'medium' },
    applied: null,
  });
});

test('[S7] what a restored desk may have lost is done again, but nothing is said twice to the customer', () => {
  const again = { afterRestore: true };
  expect(decided(ticket(), command(reply, again), 2).outcome).toMatchObject({
    kind: 'held',
    because: 'after-restore',
  });
  expect(decided(ticket(), command(severity('high'), again), 2).outcome.kind).toBe('applied');
});
