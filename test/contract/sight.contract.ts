import { expect, test } from 'vitest';
import { DAY_MS } from '../../shared/base/time.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { putAgent } from '../../server/agents/add-agent.ts';
import type { Desk } from '../../server/desk.ts';
import { takeMessage, takeSubmission } from '../../server/intake/intake.ts';
import { moveTicket } from '../../server/intake/move-ticket.ts';
import { retireTickets } from '../../server/sync/retire-tickets.ts';
import { kinds, submission, testConsole, TEST_NOW } from '../helpers/desk.ts';
import type { TestConsole } from '../helpers/desk.ts';
import type { DeskBench } from './desk-bench.ts';

const assign = (assignee: string | null): Action => ({ kind: 'assign', assignee });

/** S8, S14, S15: what an agent may see, and how it comes and goes. */
export function sightContract({ setUp }: DeskBench): void {
  const withTeam = (desk: Desk, id: string, teamIds: string[], role: Agent['role'] = 'agent') =>
    putAgent(desk, { id, name: id, role, teamIds }, null);
  const ids = (console: TestConsole) => [...console.rows.keys()].toSorted();
  const referenceOf = async (desk: Desk, id: string): Promise<string> => {
    const [head] = await desk.store.read((snapshot) => snapshot.heads([id]));
    return head?.reference ?? '';
  };

  test('[S8] a first sync lists all that the agent sees, most urgent first, and no row', async () => {
    const { desk, agents } = await setUp();
    await takeSubmission(desk, submission('hot', { asked: 'critical', receivedAt: TEST_NOW - 1 }));
    await takeSubmission(desk, submission('foreign', { teamId: 'mail' }));
    const ann = testConsole(desk, agents[0], 'c-ann');
    const page = await ann.pull();
    expect(page.list).toEqual({ open: ['hot', 't1'], ended: [], cause: 'first-sync' });
    expect(page.more).toBe(false);
    expect(ids(ann)).toEqual(['hot', 't1']);
    expect(ann.entries.size).toBe(2);
  });

  test('[S14] a ticket of another team is not sent, nor its entries, nor may it be changed', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.pull();
    await takeSubmission(desk, submission('foreign', { teamId: 'mail' }));
    await ann.pullToHead();
    expect(ids(ann)).toEqual(['t1']);
    expect(ann.entries.size).toBe(1);
    const answers = await ann.push(
      ann.command('foreign', { kind: 'note', text: 'x' }),
      ann.command('nowhere', { kind: 'note', text: 'x' }),
    );
    expect(kinds(answers)).toEqual(['refused', 'refused']);
    const [foreign, nowhere] = answers.map(
      (each) => each.kind === 'decided' && each.outcome.kind === 'refused' && each.outcome.refusal,
    );
    expect(foreign, 'whether it exists is not said').toEqual(nowhere);
  });

  test('[S14] moved away it is removed; moved back it comes with all its entries', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.push(ann.command('t1', { kind: 'note', text: 'of ann' }));
    await ann.pullToHead();
    expect(await moveTicket(desk, await referenceOf(desk, 't1'), 'mail')).toBe(true);
    const page = await ann.pull();
    expect(page.removals).toEqual([{ ticketId: 't1', cause: 'moved' }]);
    expect([ann.rows.size, ann.entries.size]).toEqual([0, 0]);
    await takeMessage(desk, 't1', {
      id: 'm-away',
      text: 'while away',
      receivedAt: TEST_NOW,
      asked: null,
    });
    await ann.pull();
    expect(ann.entries.size).toBe(0);
    await moveTicket(desk, await referenceOf(desk, 't1'), 'web');
    const back = await ann.pull();
    expect(back.gained).toEqual(['t1']);
    expect([ann.rows.size, ann.entries.size]).toEqual([1, 3]);
  });

  test('[S14] a removal is not sent to whom the ticket came back meanwhile', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.pullToHead();
    const reference = await referenceOf(desk, 't1');
    await moveTicket(desk, reference, 'mail');
    await moveTicket(desk, reference, 'web');
    const pages = [await ann.pull({ limit: 1 }), await ann.pull({ limit: 1 })];
    expect(pages.flatMap((page) => page.removals)).toEqual([]);
    expect(ids(ann)).toEqual(['t1']);
  });

  test('[S14] an assignee sees a ticket of another team while it is theirs', async () => {
    const { desk } = await setUp();
    const mo = await withTeam(desk, 'mo', ['mail']);
    const boss = await withTeam(desk, 'boss', [], 'admin');
    const [his, all] = [testConsole(desk, mo, 'c-mo'), testConsole(desk, boss, 'c-boss')];
    await his.pullToHead();
    await all.pullToHead();
    expect([ids(his), ids(all)]).toEqual([[], ['t1']]);
    await all.push(all.command('t1', assign('mo')));
    await his.pullToHead();
    expect([his.rows.size, his.entries.size]).toEqual([1, 2]);
    await all.push(all.command('t1', assign(null)));
    await his.pullToHead();
    expect([his.rows.size, his.entries.size]).toEqual([0, 0]);
  });

  test('[S14] other teams: the full list of what is seen now comes with the cause', async () => {
    const { desk, agents } = await setUp(2);
    await takeSubmission(desk, submission('m1', { teamId: 'mail' }));
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.pullToHead();
    expect(ids(ann)).toEqual(['t1', 't2']);
    await withTeam(desk, 'ann', ['mail']);
    const page = await ann.pull();
    expect(page.list).toEqual({ open: ['m1'], ended: [], cause: 'rights' });
    expect(ids(ann)).toEqual(['m1']);
    expect([...ann.entries.values()].map(({ ticketId }) => ticketId)).toEqual(['m1']);
  });

  test('[S14] held changes on a ticket that was lost can be let go of, and nothing else', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.pullToHead();
    const reply = ann.command(
      't1',
      { kind: 'reply', text: 'Done', attachments: [] },
      { threadSeen: 0 },
    );
    expect(kinds(await ann.push(reply))).toEqual(['held']);
    await moveTicket(desk, await referenceOf(desk, 't1'), 'mail');
    const decide = (as: 'replaced' | 'discarded') =>
      ann.command('t1', { kind: 'decide', held: [{ id: reply.id, as }] });
    expect(kinds(await ann.push(decide('replaced')))).toEqual(['refused']);
    expect(kinds(await ann.push(decide('discarded')))).toEqual(['applied']);
    expect(kinds(await ann.push(decide('discarded'))), 'once').toEqual(['refused']);
  });

  test('[S14, X5] an outcome told again says nothing of a ticket that is out of sight by now', async () => {
    const { desk, agents } = await setUp();
    const [ann, bob] = agents.map((agent) => testConsole(desk, agent, `c-${agent.id}`));
    if (ann === undefined || bob === undefined) throw new Error('no consoles');
    await ann.pullToHead();
    const severity = (value: 'high' | 'low'): Action => ({
      kind: 'set-severity',
      severity: value,
      reason: null,
    });
    await bob.push(bob.command('t1', severity('high')));
    const late = ann.command('t1', severity('low'));
    expect((await ann.push(late))[0]).toMatchObject({ outcome: { standing: 'high' } });
    await moveTicket(desk, await referenceOf(desk, 't1'), 'mail');
    expect((await ann.push(late))[0]).toMatchObject({
      outcome: { kind: 'superseded', standing: '', standingAgentId: null },
    });
  });

  test('[S15] what ended 90 days ago leaves the consoles, and comes back with its next change', async () => {
    const { desk, around, agents } = await setUp(2);
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.push(ann.command('t1', { kind: 'close', reason: 'done', text: '' }));
    await ann.pullToHead();
    around.setNow(TEST_NOW + 89 * DAY_MS);
    expect(await retireTickets(desk)).toBe(0);
    around.setNow(TEST_NOW + 91 * DAY_MS);
    expect(await retireTickets(desk)).toBe(1);
    expect(await retireTickets(desk)).toBe(0);
    expect((await ann.pull()).removals).toEqual([{ ticketId: 't1', cause: 'retention' }]);
    const bob = testConsole(desk, agents[1], 'c-bob');
    expect((await bob.pull()).list).toMatchObject({ open: ['t2'], ended: [] });
    await takeMessage(desk, 't1', {
      id: 'm-again',
      text: 'again',
      receivedAt: around.nowMs(),
      asked: null,
    });
    await bob.pullToHead();
    await ann.pullToHead();
    expect([ids(ann), ids(bob)]).toEqual([
      ['t1', 't2'],
      ['t1', 't2'],
    ]);
    expect(ann.entries).toEqual(bob.entries);
  });
}
