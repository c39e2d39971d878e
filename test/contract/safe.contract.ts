import { expect, test } from 'vitest';
import { beginEpoch } from '../../server/backup/new-epoch.ts';
import { noteSafe } from '../../server/backup/note-safe.ts';
import type { Desk } from '../../server/desk.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { pullPage } from '../../server/sync/pull.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import {
  kinds,
  parsePage,
  submission,
  testConsole,
  testDesk,
  testSurroundings,
  TEST_NOW,
} from '../helpers/desk.ts';
import type { DeskBench } from './desk-bench.ts';

/** S5 and S7: what a backup holds, and a desk that was put back from one. */
export function safeContract({ fresh, setUp }: DeskBench): void {
  const cursorOf = ({ known }: Desk): Cursor => {
    const { epoch, version, mark } = known();
    return { epoch, version, mark };
  };
  const pull = (desk: Desk, cursor: Cursor) =>
    pullPage(
      desk.store,
      { protocol: 1, consoleId: 'c', cursor, limit: 100, atLeast: 0 },
      'ann',
      desk.current(),
      TEST_NOW,
    );
  const safeOf = async (desk: Desk, cursor: Cursor): Promise<Cursor | null> => {
    const page = await pull(desk, cursor);
    if (!page.ok) throw new Error(page.error.message);
    return parsePage(page.value).envelope.safe;
  };

  test('[S5] every page says what the newest backup holds, and that never goes back', async () => {
    const { desk } = await setUp();
    const first = cursorOf(desk);
    expect(await safeOf(desk, first)).toBeNull();
    await takeSubmission(desk, submission('later'));
    const newest = cursorOf(desk);
    expect(await noteSafe(desk, first)).toBe(true);
    expect(await safeOf(desk, first), 'a page with rows').toEqual(first);
    expect(await safeOf(desk, newest), 'a page without').toEqual(first);
    expect(await noteSafe(desk, newest)).toBe(true);
    expect(await noteSafe(desk, first), 'it is held all the same').toBe(true);
    expect(await safeOf(desk, newest)).toEqual(newest);
    expect(desk.known().version, 'no version is taken').toBe(newest.version);
    // What comes after does not forget it.
    await takeSubmission(desk, submission('last'));
    expect(await safeOf(desk, newest)).toEqual(newest);
  });

  test('[S5] a backup of what the desk never had is not believed', async () => {
    const { desk } = await setUp();
    const { epoch, version, mark } = cursorOf(desk);
    for (const wrong of [
      { epoch, version: version + 1, mark },
      { epoch, version, mark: 'f'.repeat(16) },
      { epoch: 'another', version, mark },
    ])
      expect(await noteSafe(desk, wrong)).toBe(false);
    expect(await safeOf(desk, { epoch, version, mark })).toBeNull();
  });

  test('[S7] a new epoch keeps what is there, and knows no cursor of the old one', async () => {
    const { desk, agents } = await setUp();
    const ann = testConsole(desk, agents[0], 'c-ann');
    const note = ann.command('t1', { kind: 'note', text: 'before' });
    const answers = await ann.push(note);
    const old = cursorOf(desk);
    await noteSafe(desk, old);
    const counter = await beginEpoch(desk);
    expect(counter).toMatchObject({
      deskId: desk.known().deskId,
      epochVersion: old.version,
      version: old.version + 1,
      safe: { epoch: counter.epoch, version: old.version, mark: old.mark },
    });
    expect(counter.epoch).not.toBe(old.epoch);
    expect(desk.known()).toEqual(counter);
    expect(await pull(desk, old)).toMatchObject({ ok: false, error: { kind: 'unknown-cursor' } });
    expect(await pull(desk, { ...old, epoch: counter.epoch })).toMatchObject({ ok: true });
    expect(await ann.push(note), 'the ledger knows it').toEqual(answers);
    expect(kinds(await ann.push(ann.command('t1', { kind: 'note', text: 'after' })))).toEqual([
      'applied',
    ]);
  });

  test('[S7] put back without a new epoch: marks tell, also when it has grown past the cursor', async () => {
    /** The same desk up to a moment, as a backup and the desk that it is of. */
    const upToBackup = async () => {
      const set = await testDesk(await fresh(), testSurroundings());
      await takeSubmission(set.desk, submission('t1'));
      return set;
    };
    const lost = await upToBackup();
    const atBackup = cursorOf(lost.desk);
    await takeSubmission(lost.desk, submission('t2'));
    const before = cursorOf(lost.desk);
    await takeSubmission(lost.desk, submission('t3'));
    const last = cursorOf(lost.desk);

    const again = await upToBackup();
    expect(cursorOf(again.desk)).toEqual(atBackup);
    const newMark = again.around.newMark;
    again.around.newMark = () => `b${newMark().slice(1)}`;
    for (const grown of [0, 1, 2, 3, 4]) {
      if (grown > 0) await takeSubmission(again.desk, submission(`new-${grown}`));
      for (const cursor of [before, last])
        expect(await pull(again.desk, cursor), `${grown} versions on`).toMatchObject({
          ok: false,
          error: { kind: 'unknown-cursor' },
        });
      expect(await pull(again.desk, atBackup), 'what both lives share').toMatchObject({ ok: true });
    }
    expect(cursorOf(again.desk).version).toBeGreaterThan(last.version);
  });
}
