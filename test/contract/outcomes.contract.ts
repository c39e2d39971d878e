import { expect, test } from 'vitest';
import { readTicket } from '../../server/sync/read-ticket.ts';
import { takeMessage } from '../../server/intake/intake.ts';
import { kinds, testConsole, TEST_NOW } from '../helpers/desk.ts';
import type { DeskBench } from './desk-bench.ts';

/** S2 to S4: what is decided on commands, once and for good. */
export function outcomesContract({ setUp }: DeskBench): void {
  test('[S2] pushing again gives the same outcomes and changes nothing', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    const commands = [
      ann.command('t1', { kind: 'reply', text: 'Hello' }),
      ann.command('nowhere', { kind: 'note', text: 'lost' }),
    ];
    const first = await ann.push(...commands);
    expect(kinds(first)).toEqual(['applied', 'refused']);
    const before = await readTicket(desk.store, 't1');
    const { version } = desk.known();
    expect(await ann.push(...commands, ...commands)).toEqual([...first, ...first]);
    expect(desk.known().version).toBe(version);
    expect(await readTicket(desk.store, 't1')).toEqual(before);
    expect(before?.entries).toHaveLength(2);
  });

  test('[S2] a command that comes twice in one push is decided once', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    const command = ann.command('t1', { kind: 'note', text: 'once' });
    const [one, two] = await ann.push(command, command);
    expect(one).toEqual(two);
    expect((await readTicket(desk.store, 't1'))?.entries).toHaveLength(2);
  });

  test('[S2] not-yet while what it comes after is missing; then it is decided', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    const first = ann.command('t1', { kind: 'note', text: 'first' });
    const second = ann.command('t1', { kind: 'note', text: 'second' }, { after: first.id });
    const third = ann.command('t1', { kind: 'note', text: 'third' }, { after: second.id });
    const { version } = desk.known();
    expect(kinds(await ann.push(second, third))).toEqual(['not-yet', 'not-yet']);
    expect(desk.known().version).toBe(version);
    expect(kinds(await ann.push(first, second, third))).toEqual(['applied', 'applied', 'applied']);
  });

  test('[S2] what is no command, or not of this sign-in, is answered alone and kept nowhere', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    const good = ann.command('t1', { kind: 'note', text: 'good' });
    const answers = await ann.push(
      { id: 'no' },
      ann.command('t1', { kind: 'note', text: 'x' }, { agentId: 'bob' }),
      ann.command('t1', { kind: 'note', text: 'x' }, { consoleId: 'c-bob' }),
      ann.command('t1', { kind: 'note', text: '   ' }),
      good,
    );
    expect(kinds(answers)).toEqual([...Array<'unreadable'>(4).fill('unreadable'), 'applied']);
    expect(answers.slice(0, 4)).toMatchObject([0, 1, 2, 3].map((index) => ({ index })));
    const bob = testConsole(desk, agents[1], 'c-bob');
    expect(
      kinds(await bob.push({ ...good, agentId: 'bob', consoleId: 'c-bob' })),
      'the id of another console does not tell its outcome',
    ).toEqual(['unreadable']);
  });

  test('[S3] superseded: another console set the field first; the desk keeps its value', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    const bob = testConsole(desk, agents[1], 'c-bob');
    await ann.pullToHead();
    await bob.pullToHead();
    await bob.push(bob.command('t1', { kind: 'set-severity', severity: 'high', reason: null }));
    const wanted = { kind: 'set-severity', severity: 'medium', reason: null } as const;
    const [late, again] = await ann.push(
      ann.command('t1', wanted),
      ann.command('t1', { ...wanted, severity: 'high' }),
    );
    expect(late).toMatchObject({
      outcome: { kind: 'superseded', field: 'severity', standing: 'high', wanted: 'medium' },
    });
    expect(again).toMatchObject({ outcome: { kind: 'merged' } });
    expect((await readTicket(desk.store, 't1'))?.head.severity.value).toBe('high');
  });

  test('[S3] in one batch a later command sees what an earlier one did', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    const bob = testConsole(desk, agents[1], 'c-bob');
    await ann.pullToHead();
    await bob.pullToHead();
    const [anns, bobs] = await Promise.all([
      ann.push(ann.command('t1', { kind: 'assign', assignee: 'ann' })),
      bob.push(bob.command('t1', { kind: 'assign', assignee: 'bob' })),
    ]);
    expect(kinds([...anns, ...bobs])).toEqual(['applied', 'superseded']);
    expect((await readTicket(desk.store, 't1'))?.head.assignee.value).toBe('ann');
  });

  test('[S3] held with its group until one decide names them all', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.pullToHead();
    const threadSeen = desk.known().version;
    await takeMessage(desk, 't1', { id: 'm1', text: 'More!', receivedAt: TEST_NOW });
    const reply = ann.command('t1', { kind: 'reply', text: 'Done' }, { threadSeen });
    const resolve = ann.command('t1', { kind: 'resolve' });
    const note = ann.command('t1', { kind: 'note', text: 'goes on' });
    const [first, second, third] = await ann.push(reply, resolve, note);
    expect(first).toMatchObject({ outcome: { kind: 'held', because: 'customer-message' } });
    expect(second).toMatchObject({ outcome: { kind: 'held', because: 'group' } });
    expect(third).toMatchObject({ outcome: { kind: 'merged' } });
    const head = async () => (await readTicket(desk.store, 't1'))?.head;
    expect((await head())?.firstReplyAt).toBeNull();

    const discard = (id: string) => ({ id, as: 'discarded' as const });
    const half = ann.command('t1', { kind: 'decide', held: [discard(reply.id)] });
    expect(await ann.push(half)).toMatchObject([
      { outcome: { kind: 'refused', refusal: { code: 'not-held' } } },
    ]);
    const whole = ann.command('t1', {
      kind: 'decide',
      held: [{ id: reply.id, as: 'replaced' }, discard(resolve.id)],
    });
    const anew = ann.command('t1', { kind: 'reply', text: 'Done, and more' });
    expect(kinds(await ann.push(whole, anew))).toEqual(['merged', 'merged']);
    expect((await head())?.firstReplyAt).not.toBeNull();
    const rows = await desk.store.read((snapshot) => snapshot.ledger([reply.id, resolve.id]));
    const resolutions = new Map(rows.map((row) => [row.commandId, row.resolution]));
    expect(resolutions.get(reply.id)).toBe('replaced');
    expect(resolutions.get(resolve.id)).toBe('discarded');
    expect(
      await desk.store.read((snapshot) =>
        snapshot.openHeld([{ consoleId: 'c-ann', ticketId: 't1' }]),
      ),
    ).toEqual([]);
  });

  test('[S3] a group held, decided and answered anew in one push', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    const reply = ann.command('t1', { kind: 'reply', text: 'Done' }, { threadSeen: 1 });
    const decide = ann.command('t1', {
      kind: 'decide',
      held: [{ id: reply.id, as: 'replaced' }],
    });
    const anew = ann.command('t1', { kind: 'reply', text: 'Anew' });
    expect(kinds(await ann.push(reply, decide, anew))).toEqual(['held', 'applied', 'applied']);
    const [row] = await desk.store.read((snapshot) => snapshot.ledger([reply.id]));
    expect(row?.resolution).toBe('replaced');
  });

  test('[S4] a row says how far this console was decided on, and nobody else', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    const bob = testConsole(desk, agents[1], 'c-bob');
    await ann.push(
      ann.command('t1', { kind: 'note', text: 'one' }),
      ann.command('t1', { kind: 'resolve' }, { threadSeen: 0 }),
    );
    await ann.pullToHead();
    await bob.pullToHead();
    expect(ann.rows.get('t1')?.decidedSeq).toBe(2);
    expect(bob.rows.get('t1')?.decidedSeq).toBe(0);
  });
}
