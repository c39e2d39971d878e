import { expect, test } from 'vitest';
import { HOUR_MS } from '../../shared/base/time.ts';
import { importTickets } from '../../server/intake/import-tickets.ts';
import { pullPage } from '../../server/sync/pull.ts';
import { readTicket } from '../../server/sync/read-ticket.ts';
import { importedTicket } from '../helpers/imported.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import {
  kinds,
  submission,
  testConsole,
  testDesk,
  testSurroundings,
  TEST_NOW,
} from '../helpers/desk.ts';
import type { DeskBench } from './desk-bench.ts';

/** S1 and C6: one order of changes, and pages that lose none of it. */
export function orderContract({ fresh, setUp, readsBesideWrites }: DeskBench): void {
  test('[S1] every command and intake event takes the next version with its own mark', async () => {
    const { desk, agents } = await setUp(2);
    const before = desk.known().version;
    const ann = testConsole(desk, agents[0], 'c-ann');
    const answers = await ann.push(
      ann.command('t1', { kind: 'note', text: 'one' }),
      ann.command('t2', { kind: 'note', text: 'two' }),
    );
    const versions = answers.map((each) => each.kind === 'decided' && each.outcome.version);
    expect(versions).toEqual([before + 1, before + 2]);
    const marks = await desk.store.read(async (snapshot) =>
      Promise.all([0, 1, 2].map((n) => snapshot.markOf(before + n))),
    );
    expect(new Set(marks).size).toBe(3);
    expect(desk.known()).toMatchObject({ version: before + 2, mark: marks[2] });
  });

  test('[C6] acceptedAt never goes back, whatever the clock does', async () => {
    const { desk, around, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    around.setNow(TEST_NOW - HOUR_MS);
    const [answer] = await ann.push(ann.command('t1', { kind: 'note', text: 'late' }));
    expect(answer).toMatchObject({ outcome: { kind: 'applied', acceptedAt: TEST_NOW } });
  });

  test('[S1] pages chain to the head and hold every change once', async () => {
    const { desk, agents } = await setUp(25);
    const ann = testConsole(desk, agents[0], 'c-ann', { fromBeginning: true });
    const beginning = ann.cursor();
    const pages = await ann.pullToHead({ limit: 4 });
    expect(pages.length).toBeGreaterThan(5);
    for (const [index, page] of pages.entries()) {
      expect(page.from).toEqual(pages[index - 1]?.cursor ?? beginning);
      expect(page.more).toBe(index < pages.length - 1);
    }
    expect(pages[0]?.policy?.version).toBe(1);
    expect(pages.at(-1)?.policy).toBeNull();
    expect(pages.flatMap((page) => page.agents.map(({ id }) => id))).toEqual(['ann', 'bob']);
    expect(ann.rows.size).toBe(25);
    expect(ann.entries.size).toBe(25);
    const empty = await ann.pull();
    expect(empty).toMatchObject({ more: false, cursor: ann.cursor(), policy: null });
  });

  test('[S1] a page that is too long ends before a version, never inside one', async () => {
    const set = await testDesk(await fresh());
    const tickets = [1, 2, 3].map((n) => importedTicket(`t${n}`, 5));
    const ann = testConsole(set.desk, set.agents[0], 'c-ann');
    await ann.pullToHead();
    await importTickets(set.desk, { tickets, agents: [], demo: false });
    let seen = 0;
    for (let more = true; more;) {
      const page = await ann.pull({ maxSize: 10 });
      more = page.more;
      for (const { head } of ann.rows.values()) {
        const entries = [...ann.entries.values()].filter((each) => each.ticketId === head.id);
        expect(entries).toHaveLength(5);
      }
      expect(ann.rows.size - seen).toBeLessThanOrEqual(1);
      seen = ann.rows.size;
    }
    expect(seen).toBe(3);
  });

  test('[S1, S7] a cursor of another epoch, mark or future is unknown', async () => {
    const { desk } = await setUp();
    const { epoch, version, mark } = desk.known();
    const ask = (cursor: { epoch: string; version: number; mark: string }) =>
      pullPage(
        desk.store,
        { protocol: 1, consoleId: 'c', cursor, limit: 10, atLeast: 0 },
        'ann',
        desk.current(),
        TEST_NOW,
      );
    expect((await ask({ epoch, version, mark })).ok).toBe(true);
    for (const wrong of [
      { epoch: 'other', version, mark },
      { epoch, version, mark: 'ffffffffffffffff' },
      { epoch, version: version - 1, mark },
      { epoch, version: version + 1, mark },
    ])
      expect(await ask(wrong)).toMatchObject({ ok: false, error: { kind: 'unknown-cursor' } });
  });

  test('[S1] nothing that is committed late is lost to a console that pulls meanwhile', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    let firstHasVersion = (): void => undefined;
    const hasVersion = new Promise<void>((resolve) => (firstHasVersion = resolve));
    let letFirstGo = (): void => undefined;
    const mayGo = new Promise<void>((resolve) => (letFirstGo = resolve));
    // The first has taken its version and does not commit yet; the second comes and would overtake it.
    const slow = desk.store.write(async (writing) => {
      const version = writing.locked.version + 1;
      const [head] = await writing.heads(['t1']);
      if (head === undefined) throw new Error('no t1');
      firstHasVersion();
      await mayGo;
      const mark = 'f'.repeat(16);
      await writing.save({
        counter: { ...writing.locked, version, mark },
        versions: [{ version, mark, acceptedAt: TEST_NOW }],
        newTickets: [],
        tickets: [{ head: { ...head, version, subject: 'slow' }, settleAt: null }],
        entries: [],
        ledger: [],
        resolutions: [],
        policies: [],
        agents: [],
        sight: [],
        retire: [],
      });
      return version;
    });
    await hasVersion;
    let isQuickTaken = false;
    const quick = takeSubmission(desk, submission('t2')).then((taken) => {
      isQuickTaken = true;
      return taken;
    });
    const meanwhile = ann.pullToHead();
    if (readsBesideWrites) await meanwhile;
    expect(isQuickTaken, 'it waits for the version before its own').toBe(false);
    expect(ann.rows.has('t2')).toBe(false);
    letFirstGo();
    const [slowVersion, quickTaken, pulled] = await Promise.all([slow, quick, meanwhile]);
    expect(quickTaken).toMatchObject({ ok: true, value: { version: slowVersion + 1 } });
    const pages = await ann.pullToHead();
    expect(pages[0]?.from).toEqual(pulled.at(-1)?.cursor);
    expect(ann.rows.get('t1')?.head.subject).toBe('slow');
    expect(ann.rows.has('t2')).toBe(true);
  });

  test('[S1] a console that pulls all the time ends with what the desk has', async () => {
    const { desk, agents } = await setUp(3);
    const consoles = [0, 1, 2, 3].map((n) => testConsole(desk, agents[0], `c-${n}`));
    const reader = testConsole(desk, agents[1], 'c-reader');
    let isOver = false;
    const reading = (async () => {
      while (!isOver) {
        await reader.pull({ limit: 3 });
        await new Promise(setImmediate);
      }
    })();
    await Promise.all(
      consoles.map(async (each) => {
        for (let n = 0; n < 8; n += 1)
          await each.push(each.command(`t${1 + (n % 3)}`, { kind: 'note', text: `note ${n}` }));
      }),
    );
    isOver = true;
    await reading;
    await reader.pullToHead();
    expect(reader.entries.size).toBe(3 + 32);
    for (const id of ['t1', 't2', 't3'])
      expect(reader.rows.get(id)?.head).toEqual((await readTicket(desk.store, id))?.head);
  });

  test('a desk is the same when it is started again on its store', async () => {
    const { desk } = await setUp();
    const again = await testDesk(desk.store, testSurroundings());
    expect(again.desk.known().deskId).toBe(desk.known().deskId);
    expect(again.desk.known().policyVersion).toBe(desk.known().policyVersion);
    expect(await readTicket(again.desk.store, 't1')).not.toBeNull();
  });

  test('work that throws leaves nothing behind', async () => {
    const { desk, agents } = await setUp();
    const before = await desk.store.read((snapshot) => snapshot.counter());
    await expect(
      desk.store.write(async (writing) => {
        const version = writing.locked.version + 1;
        await writing.save({
          counter: { ...writing.locked, version, mark: 'b'.repeat(16) },
          versions: [{ version, mark: 'b'.repeat(16), acceptedAt: TEST_NOW }],
          newTickets: [],
          tickets: [],
          entries: [],
          ledger: [],
          resolutions: [],
          policies: [],
          agents: [],
          sight: [],
          retire: [],
        });
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(await desk.store.read((snapshot) => snapshot.counter())).toEqual(before);
    const ann = testConsole(desk, agents[0], 'c-ann');
    expect(kinds(await ann.push(ann.command('t1', { kind: 'note', text: 'x' })))).toEqual([
      'applied',
    ]);
  });
}
