import { expect, test } from 'vitest';
import { HOUR_MS } from '../../shared/base/time.ts';
import { importTickets } from '../../server/intake/import-tickets.ts';
import { readTicket } from '../../server/sync/read-ticket.ts';
import { settleDue } from '../../server/sync/settle-due.ts';
import { importedTicket } from '../helpers/imported.ts';
import { takeMessage, takeSubmission } from '../../server/intake/intake.ts';
import { kinds, submission, testConsole, TEST_NOW } from '../helpers/desk.ts';
import type { DeskBench } from './desk-bench.ts';

/** What comes in without a console, and what time alone brings (C11, C13, C15). */
export function intakeContract({ setUp }: DeskBench): void {
  test('[C11] a miss is recorded before a command takes effect, and by time alone', async () => {
    const { desk, around, agents } = await setUp(2);
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.pullToHead();
    // Low: 48 counted hours; C2 after 24. Monday noon, so both are long past on Friday.
    around.setNow(TEST_NOW + 96 * HOUR_MS);
    expect(kinds(await ann.push(ann.command('t1', { kind: 'reply', text: 'Sorry' })))).toEqual([
      'applied',
    ]);
    const misses = async (id: string) => (await readTicket(desk.store, id))?.head.misses;
    expect((await misses('t1'))?.map((miss) => [miss.clock, miss.endedAt])).toEqual([
      ['C1', around.nowMs()],
      ['C2', around.nowMs()],
    ]);
    expect(await misses('t2')).toEqual([]);
    expect(await settleDue(desk)).toBe(1);
    expect(await settleDue(desk)).toBe(0);
    expect((await misses('t2'))?.map((miss) => [miss.clock, miss.endedAt])).toEqual([
      ['C1', null],
      ['C2', null],
    ]);
    await ann.pullToHead();
    expect(ann.rows.get('t2')?.head.misses).toHaveLength(2);
    expect(ann.rows.get('t2')?.head.version).toBe(desk.known().version);
  });

  test('[C11] how late it was is recorded when a reply ends it, in wall and in counted time', async () => {
    const { desk, around, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    // First contact was due on Tuesday noon, the answer on Wednesday noon; it comes on the Monday after.
    around.setNow(TEST_NOW + 7 * 24 * HOUR_MS);
    await settleDue(desk);
    expect((await readTicket(desk.store, 't1'))?.head.misses.map((miss) => miss.late)).toEqual([
      null,
      null,
    ]);
    await ann.push(ann.command('t1', { kind: 'reply', text: 'Sorry' }));
    const head = (await readTicket(desk.store, 't1'))?.head;
    // A Sunday lies between.
    expect(head?.misses.map((miss) => [miss.clock, miss.late])).toEqual([
      ['C1', { wallMs: 120 * HOUR_MS, countedMs: 96 * HOUR_MS }],
      ['C2', { wallMs: 144 * HOUR_MS, countedMs: 120 * HOUR_MS }],
    ]);
    const { version } = desk.known();
    expect(await settleDue(desk)).toBe(0);
    expect(desk.known().version).toBe(version);
  });

  test('[C6, C11] a message that comes in after its own due is missed at once', async () => {
    const { desk, around, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.push(ann.command('t1', { kind: 'reply', text: 'Hello' }));
    around.setNow(TEST_NOW + 96 * HOUR_MS);
    const receivedAt = TEST_NOW + HOUR_MS;
    await takeMessage(desk, 't1', { id: 'late', text: 'And?', receivedAt });
    const head = (await readTicket(desk.store, 't1'))?.head;
    expect(head?.misses).toMatchObject([{ clock: 'C3', dueAt: receivedAt + 48 * HOUR_MS }]);
    expect(head?.version).toBe(desk.known().version);
  });

  test('[C11] a command without effect still records a miss, under its version', async () => {
    const { desk, around, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    around.setNow(TEST_NOW + 96 * HOUR_MS);
    const resolve = ann.command('t1', { kind: 'resolve' }, { threadSeen: 0 });
    expect(kinds(await ann.push(resolve))).toEqual(['held']);
    const head = (await readTicket(desk.store, 't1'))?.head;
    expect(head?.misses).toHaveLength(2);
    expect(head?.version).toBe(desk.known().version);
  });

  test('intake gives references and takes what no schema would', async () => {
    const { desk, agents } = await setUp();
    const hostile = 'a\u0000b\ud800c "quoted" {curly, comma} \\ back';
    const subject = 'x'.repeat(13_000);
    const taken = await takeSubmission(
      desk,
      submission('long', { subject, text: `${hostile}${'y'.repeat(200_000)}` }),
    );
    expect(taken).toMatchObject({ ok: true, value: { reference: 'VH-10002' } });
    const ticket = await readTicket(desk.store, 'long');
    expect(ticket?.head.subject).toHaveLength(12_000);
    const texts = ticket?.entries.map((entry) =>
      entry.body.kind === 'message' ? entry.body.text : '',
    );
    expect(texts?.join('')).toBe(`${subject}\n\n${hostile}${'y'.repeat(200_000)}`);
    expect(await takeSubmission(desk, submission('long'))).toMatchObject({
      error: { kind: 'already-there' },
    });
    expect(
      await takeMessage(desk, 'nowhere', { id: 'm', text: 'x', receivedAt: TEST_NOW }),
    ).toMatchObject({ error: { kind: 'no-such-ticket' } });
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.push(ann.command('t1', { kind: 'note', text: hostile }));
    await ann.pullToHead();
    const note = [...ann.entries.values()].find((entry) => entry.body.kind === 'note');
    expect(note?.body).toEqual({ kind: 'note', text: hostile });
  });

  test('[C13] a customer message reopens and ends waiting', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.push(
      ann.command('t1', { kind: 'reply', text: 'Tell me more' }),
      ann.command('t1', { kind: 'resolve' }),
    );
    await takeMessage(desk, 't1', { id: 'm1', text: 'Not solved', receivedAt: TEST_NOW });
    const ticket = await readTicket(desk.store, 't1');
    expect(ticket?.head.status.value).toBe('open');
    expect(ticket?.head.unanswered?.version).toBe(desk.known().version);
    expect(ticket?.entries.map((entry) => entry.id)).toContain('m1/1');
  });

  test('an import takes a version for each ticket, and all or nothing', async () => {
    const { desk, agents } = await setUp();
    const before = desk.known();
    const given = { agents: [{ id: 'eve', name: 'Eve', role: 'lead', teamIds: [] }] } as const;
    const agentsGiven = given.agents.map((agent) => ({ ...agent, teamIds: [] }));
    const tickets = [importedTicket('i1', 3), importedTicket('i2', 2)];
    const imported = await importTickets(desk, { tickets, agents: agentsGiven, demo: true });
    expect(imported).toMatchObject({ ok: true, value: { tickets: 2, agents: 1 } });
    const ann = testConsole(desk, agents[0], 'c-ann');
    await ann.pullToHead();
    for (const id of ['i1', 'i2']) {
      const head = ann.rows.get(id)?.head;
      expect(head?.version).toBeGreaterThan(before.version);
      expect(head?.severity.version).toBe(0);
      const versions = [...ann.entries.values()]
        .filter((entry) => entry.ticketId === id)
        .map((entry) => entry.version);
      expect(new Set(versions)).toEqual(new Set([head?.version]));
    }
    expect(desk.known().demo).toBe(true);
    const { version } = desk.known();
    for (const wrong of [
      [importedTicket('i3', 1), importedTicket('i1', 1)],
      [importedTicket('i4', 1), importedTicket('i4', 1)],
    ])
      expect((await importTickets(desk, { tickets: wrong, agents: [], demo: false })).ok).toBe(
        false,
      );
    expect(desk.known().version).toBe(version);
    expect(await readTicket(desk.store, 'i3')).toBeNull();
  });

  test('[C15] an older ticket brings a day table that begins before it', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    const [first] = await ann.pullToHead();
    const oldAt = Date.UTC(2014, 4, 3);
    await takeSubmission(desk, submission('old', { receivedAt: oldAt }));
    const [page] = await ann.pullToHead();
    expect(page?.policy?.document).toEqual(first?.policy?.document);
    expect(page?.policy?.days.startsAt[0]).toBeLessThanOrEqual(oldAt);
    expect(page?.policy?.version).toBeLessThan(ann.rows.get('old')?.head.version ?? 0);
    const { policyVersion } = desk.known();
    await takeSubmission(desk, submission('newer', { receivedAt: oldAt + 1 }));
    expect(desk.known().policyVersion).toBe(policyVersion);
  });
}
