import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../shared/base/time.ts';
import { clockOf } from '../../shared/policy/clocks.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import type { PolicyDocument } from '../../shared/policy/policy-document.ts';
import type { Action } from '../../shared/tickets/command.ts';
import type { Desk } from '../../server/desk.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { changePolicy, previewPolicy } from '../../server/policy/change-policy.ts';
import { readTicket } from '../../server/sync/read-ticket.ts';
import { settleDue } from '../../server/sync/settle-due.ts';
import { kinds, submission, testConsole, TEST_NOW } from '../helpers/desk.ts';
import type { DeskBench } from './desk-bench.ts';

/** Monday noon: a Low is due Wednesday noon, first contact Tuesday noon. */
const targets = (low: number): PolicyDocument => ({
  ...defaultPolicyDocument,
  targetHours: { critical: 2, high: Math.min(12, low), medium: Math.min(24, low), low },
  firstContactHours: null,
});

async function save(desk: Desk, document: unknown, baseRules: number | null = null) {
  return changePolicy(desk, { document, baseRules, agentId: 'lea' });
}

async function dueOf(desk: Desk, id: string, clock: 'C1' | 'C2' = 'C1') {
  const ticket = await readTicket(desk.store, id);
  const policy = await desk.store.read((snapshot) => snapshot.policy());
  if (ticket === null || policy === null) throw new Error('no ticket, or no policy');
  return clockOf(ticket.head, compilePolicy(policy), clock)?.dueAt ?? null;
}

/** What a policy document does when a lead puts it in force (C11, C14, C15). */
export function policyContract({ setUp }: DeskBench): void {
  test('[C14] a new version moves the dues of running clocks; the preview says the same before', async () => {
    const { desk } = await setUp(2);
    const document = targets(60);
    const preview = await previewPolicy(desk, document);
    const { version } = desk.known();
    const saved = await save(desk, document, 1);
    expect(saved).toMatchObject({ kind: 'saved', rules: 2, version: version + 1 });
    expect(preview.kind === 'preview' && preview.effect).toEqual(
      saved.kind === 'saved' && saved.effect,
    );
    expect(preview).toMatchObject({
      kind: 'preview',
      effect: { openTickets: 2, changedTickets: 2, overdueBefore: 0, overdueAfter: 0 },
    });
    const effect = preview.kind === 'preview' ? preview.effect : null;
    expect(effect?.byClock.filter((each) => each.later + each.ends > 0)).toEqual([
      {
        clock: 'C1',
        earlier: 0,
        later: 2,
        begins: 0,
        ends: 0,
        medianMoveMs: 12 * HOUR_MS,
        largestMoveMs: 12 * HOUR_MS,
      },
      { clock: 'C2', earlier: 0, later: 0, begins: 0, ends: 2, medianMoveMs: 0, largestMoveMs: 0 },
    ]);
    expect(await dueOf(desk, 't1')).toBe(TEST_NOW + 60 * HOUR_MS);
    expect(await dueOf(desk, 't1', 'C2')).toBeNull();
  });

  test('[C14] a due that would lie before the change falls at the change; the log names it', async () => {
    const { desk, around } = await setUp(1);
    const at = TEST_NOW + 20 * HOUR_MS;
    around.setNow(at);
    expect(await save(desk, targets(12))).toMatchObject({ kind: 'saved' });
    expect(await dueOf(desk, 't1')).toBe(at);
    const line = around.lines.find((each) => each.includes('VH-10001 C1'));
    expect(line).toContain('2026-11-25T12:00:00.000Z -> 2026-11-24T08:00:00.000Z');
    // The next version replaces it: what it allows is allowed again.
    expect(await save(desk, targets(48))).toMatchObject({ kind: 'saved', rules: 3 });
    expect(await dueOf(desk, 't1')).toBe(TEST_NOW + 48 * HOUR_MS);
  });

  test('[C11] [C14] what was missed by the old rules is recorded by them, and stays due then', async () => {
    const { desk, around, agents } = await setUp(1);
    around.setNow(TEST_NOW + 50 * HOUR_MS);
    expect(await save(desk, targets(12))).toMatchObject({ kind: 'saved' });
    expect(await dueOf(desk, 't1')).toBe(TEST_NOW + 48 * HOUR_MS);
    const misses = async () => (await readTicket(desk.store, 't1'))?.head.misses;
    expect((await misses())?.map(({ clock, dueAt, late }) => [clock, dueAt, late])).toEqual([
      ['C1', TEST_NOW + 48 * HOUR_MS, null],
      ['C2', TEST_NOW + 24 * HOUR_MS, null],
    ]);
    expect((await misses())?.[0]?.trace.map((step) => step.rule)).toEqual(['C1']);
    // The lateness is added when it ends: Wednesday 14:00 to Monday 14:00, without the Sunday.
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.pullToHead();
    around.setNow(TEST_NOW + 7 * DAY_MS + 2 * HOUR_MS);
    expect(kinds(await ann.push(ann.command('t1', { kind: 'reply', text: 'Sorry' })))).toEqual([
      'applied',
    ]);
    expect((await misses())?.[0]?.late).toEqual({
      wallMs: 5 * DAY_MS + 2 * HOUR_MS,
      countedMs: 4 * DAY_MS + 2 * HOUR_MS,
    });
  });

  test('[C11] the desk looks for the next miss by the new rules', async () => {
    const { desk, around } = await setUp(1);
    await save(desk, targets(12));
    around.setNow(TEST_NOW + 13 * HOUR_MS);
    expect(await settleDue(desk)).toBe(1);
    await save(desk, targets(40));
    around.setNow(TEST_NOW + 41 * HOUR_MS);
    expect(await settleDue(desk)).toBe(0);
  });

  test('[C13] [C14] a closing taken back after new rules puts no due before them', async () => {
    const { desk, around, agents } = await setUp(1);
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.pullToHead();
    const close = ann.command('t1', { kind: 'close', reason: 'spam', text: '' });
    expect(kinds(await ann.push(close))).toEqual(['applied']);
    const changedAt = TEST_NOW + 20 * HOUR_MS;
    around.setNow(changedAt);
    await save(desk, targets(12));
    around.setNow(TEST_NOW + 22 * HOUR_MS);
    await ann.pullToHead();
    expect(kinds(await ann.push(ann.command('t1', { kind: 'reopen' })))).toEqual(['applied']);
    expect(await dueOf(desk, 't1')).toBe(changedAt);
  });

  test('[C13] [C14] what new rules leave alone keeps its old due when it is taken up again', async () => {
    const { desk, around, agents } = await setUp(2);
    const ann = testConsole(desk, agents[0], 'c-ann');
    const at = async (hours: number, ...actions: Action[]) => {
      around.setNow(TEST_NOW + hours * HOUR_MS);
      for (const action of actions) {
        await ann.pullToHead();
        const command = ann.command('t1', action, { threadSeen: 1_000 });
        expect(kinds(await ann.push(command))).toEqual(['applied']);
      }
    };
    await at(1, { kind: 'set-severity', severity: 'high', reason: null });
    await at(2, { kind: 'resolve' });
    await at(30);
    await save(desk, { ...defaultPolicyDocument, progressUpdateDays: 4 });
    await at(40, { kind: 'reopen' });
    // Twelve hours from the change of severity, as if no rules had changed.
    expect(await dueOf(desk, 't1')).toBe(TEST_NOW + 13 * HOUR_MS);
    await at(41, { kind: 'close', reason: 'spam', text: '' });
    await save(desk, { ...defaultPolicyDocument, progressUpdateDays: 5 });
    await at(42, { kind: 'reopen' });
    expect(await dueOf(desk, 't1')).toBe(TEST_NOW + 13 * HOUR_MS);
  });

  test('[C12] [C14] a clock that comes back after new rules is not due before them', async () => {
    const { desk, around, agents } = await setUp(1);
    const ann = testConsole(desk, agents[0], 'c-ann');
    const act = async (action: Action) => {
      await ann.pullToHead();
      const command = ann.command('t1', action, { threadSeen: 1_000 });
      expect(kinds(await ann.push(command))).toEqual(['applied']);
    };
    await act({ kind: 'set-category', category: 'question', reason: null });
    around.setNow(TEST_NOW + 10 * HOUR_MS);
    await save(desk, { ...defaultPolicyDocument, firstContactHours: 4 });
    around.setNow(TEST_NOW + 11 * HOUR_MS);
    await act({ kind: 'set-category', category: 'uncategorised', reason: null });
    expect(await dueOf(desk, 't1', 'C2')).toBe(TEST_NOW + 10 * HOUR_MS);
  });

  test('[C14] rules come with the facts also of tickets that changed again since', async () => {
    const { desk, around, agents } = await setUp(3);
    const [ann, bob] = [
      testConsole(desk, agents[0], 'c-ann'),
      testConsole(desk, agents[1], 'c-bob'),
    ];
    await ann.pullToHead();
    around.setNow(TEST_NOW + 20 * HOUR_MS);
    await save(desk, targets(12));
    for (const id of ['t1', 't2']) await bob.push(bob.command(id, { kind: 'note', text: 'x' }));
    for (let more = true; more;) {
      const page = await ann.pull({ limit: 1 });
      ({ more } = page);
      if (page.policy?.rules !== 2) continue;
      const policy = compilePolicy(page.policy);
      for (const { head } of ann.rows.values())
        expect(clockOf(head, policy, 'C1')?.dueAt).toBe(TEST_NOW + 20 * HOUR_MS);
    }
  });

  test('[C14] a policy reaches a console after the facts that it needs, and never before', async () => {
    const { desk, around, agents } = await setUp(5);
    const ann = testConsole(desk, agents[0], 'c-ann');
    // A first sync has no older rows: it gets the policy in force at once.
    expect((await ann.pull({ limit: 1 })).policy?.rules).toBe(1);
    await ann.pullToHead();
    around.setNow(TEST_NOW + 20 * HOUR_MS);
    await save(desk, targets(12));
    await save(desk, targets(15));
    const pages = await ann.pullToHead({ limit: 2 });
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.map((page) => page.policy?.rules ?? null)).toEqual([
      ...pages.slice(1).map(() => null),
      3,
    ]);
    for (const row of ann.rows.values())
      expect(row.head.policySteps.map((step) => step.rules)).toEqual([2, 3]);
    const bob = testConsole(desk, agents[1], 'c-bob');
    expect((await bob.pull({ limit: 1 })).policy?.rules).toBe(3);
  });

  test('[C15] what is refused changes nothing: a bad one, the same one, one made for older rules', async () => {
    const { desk } = await setUp(1);
    const { version } = desk.known();
    expect(await save(desk, { ...defaultPolicyDocument, timeZone: 'Mars/Olympus' })).toEqual({
      kind: 'faults',
      faults: [{ path: 'timeZone', reason: 'no such IANA time zone: Mars/Olympus' }],
    });
    const { holidays, ...rest } = defaultPolicyDocument;
    expect(await save(desk, { ...rest, holidays })).toEqual({ kind: 'unchanged', rules: 1 });
    expect(await previewPolicy(desk, { ...rest, holidays })).toEqual({
      kind: 'unchanged',
      rules: 1,
    });
    expect(desk.known().version).toBe(version);
    expect(await save(desk, targets(60), 1)).toMatchObject({ kind: 'saved' });
    expect(await save(desk, targets(70), 1)).toEqual({ kind: 'outdated', rules: 2 });
    expect(await dueOf(desk, 't1')).toBe(TEST_NOW + 60 * HOUR_MS);
  });

  test('[C15] an older ticket renews the day table under the same rules; every version is kept', async () => {
    const { desk } = await setUp(1);
    await save(desk, targets(60));
    const before = await dueOf(desk, 't1');
    await takeSubmission(desk, submission('old', { receivedAt: TEST_NOW - 500 * DAY_MS }));
    const policies = await desk.store.read((snapshot) => snapshot.policies());
    expect(policies.map(({ rules, agentId }) => [rules, agentId])).toEqual([
      [1, null],
      [2, 'lea'],
      [2, 'lea'],
    ]);
    expect(await dueOf(desk, 't1')).toBe(before);
    expect(policies.at(-1)?.days.startsAt[0]).toBeLessThan(TEST_NOW - 500 * DAY_MS);
  });
}
