import { expect, test } from 'vitest';
import { HOUR_MS } from '../../shared/base/time.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import { buildDayTable } from '../../shared/policy/day-table.ts';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import { urgencyOf } from '../../shared/policy/urgency.ts';
import { submit } from '../../shared/tickets/intake.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { queueViews, viewBit, viewsOf } from './queue-views.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const policy = compilePolicy({
  version: 1,
  rules: 1,
  rulesAt: 0,
  agentId: null,
  document: defaultPolicyDocument,
  days: buildDayTable('UTC', now - 10 * 24 * HOUR_MS, now + 100 * 24 * HOUR_MS),
});
const { head: base } = submit(
  {
    id: 'T1',
    reference: 'VH-1',
    subject: 'S',
    text: 'T',
    customer: { id: 'c', organisation: 'O', contact: 'C', address: 'c@x.example', licence: 'saas' },
    channel: 'web',
    teamId: 't1',
    asked: null,
    receivedAt: now - HOUR_MS,
  },
  { version: 1, acceptedAt: now - HOUR_MS },
);
const stamp = <T>(value: T) => ({ ...base.assignee, value, at: now });

function viewsFor(change: Partial<TicketHead>, teamIds: string[] = ['t1']): string[] {
  const head = { ...base, ...change };
  const bits = viewsOf(
    { accepted: head, shown: head, urgency: urgencyOf(head, policy, now) },
    { agent: { id: 'me', teamIds }, dayStartAt: now - 12 * HOUR_MS },
  );
  return queueViews.filter((view) => (bits & viewBit(view)) !== 0);
}

test('a new ticket of my team is mine to take', () => {
  expect(viewsFor({})).toEqual(['my-queue', 'triage', 'unassigned', 'all-open']);
});

test('an unassigned ticket of another team is not mine, unless it is Critical', () => {
  expect(viewsFor({}, ['t2'])).not.toContain('my-queue');
  expect(viewsFor({ severity: stamp('critical' as const) }, ['t2'])).toContain('my-queue');
});

test('C17: a clock of severity Critical counts, also when only the customer asked for it', () => {
  expect(
    viewsFor({ asked: [{ severity: 'critical', at: now - HOUR_MS, version: 1 }] }, []),
  ).toContain('my-queue');
});

test('what someone else works is theirs', () => {
  expect(viewsFor({ assignee: stamp('other') })).not.toContain('my-queue');
  expect(viewsFor({ assignee: stamp('me') }, [])).toContain('my-queue');
});

test('a bug is to be reproduced until an attempt has', () => {
  const attempts = { count: 1, lastOutcome: 'needs-data' as const, reproduced: false };
  expect(viewsFor({ attempts })).toContain('bugs-to-reproduce');
  expect(viewsFor({ category: stamp('bug' as const) })).toContain('bugs-to-reproduce');
  expect(viewsFor({ attempts: { ...attempts, reproduced: true } })).not.toContain(
    'bugs-to-reproduce',
  );
});

test('resolved today is only what was resolved today', () => {
  expect(viewsFor({ status: stamp('resolved' as const) })).toEqual(['resolved-today']);
  const yesterday = { ...stamp('resolved' as const), at: now - 20 * HOUR_MS };
  expect(viewsFor({ status: yesterday })).toEqual([]);
});

test('W6: escalated until it is acknowledged', () => {
  const escalation = {
    id: 'e',
    level: 'development' as const,
    reason: 'sla-missed' as const,
    at: now,
    agentId: 'me',
    acknowledged: stamp(false),
  };
  expect(viewsFor({ escalations: [escalation] })).toContain('escalated');
  expect(viewsFor({ escalations: [{ ...escalation, acknowledged: stamp(true) }] })).not.toContain(
    'escalated',
  );
});
