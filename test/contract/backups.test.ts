import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listBackups } from '../../server/backup/backup-files.ts';
import { keepBackups } from '../../server/backup/keep-backups.ts';
import { makeBackupFile } from '../../server/backup/make-backup-file.ts';
import type { Pack } from '../../server/backup/pack-in-thread.ts';
import { packInThread } from '../../server/backup/pack-in-thread.ts';
import { restoreBackup } from '../../server/backup/restore.ts';
import { startDesk } from '../../server/desk.ts';
import type { Desk } from '../../server/desk.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import type { Store } from '../../server/store/contract.ts';
import { openDirectory } from '../../server/store/sql/pglite.ts';
import { thisMachine } from '../../server/surroundings.ts';
import { pullPage } from '../../server/sync/pull.ts';
import { submission, testConsole, testDesk, testSurroundings } from '../helpers/desk.ts';
import type { TestConsole, TestDesk } from '../helpers/desk.ts';

/** Backups of a data directory (S5), and desks that were put back (S7), on PGlite's real files. */

const folder = mkdtempSync(join(tmpdir(), 'desk-backups-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const around = thisMachine(() => undefined);
const worker = fileURLToPath(new URL('../../server/backup/backup-worker.ts', import.meta.url));
const here: Pack = (job) => ({ done: makeBackupFile(job), cancel: () => undefined });
const template = join(folder, 'template');

async function open(directory: string): Promise<Store> {
  const opened = await openDirectory(directory, { deskId: 'desk-1', epoch: 'epoch-1' });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** A new database takes seconds to make: one is made, and copied. */
beforeAll(async () => {
  await (await open(template)).close();
});

async function deskIn(name: string): Promise<TestDesk & { directory: string; ann: TestConsole }> {
  const directory = join(folder, name);
  cpSync(template, directory, { recursive: true });
  const set = await testDesk(await open(directory));
  await takeSubmission(set.desk, submission('t1'));
  return { ...set, directory, ann: testConsole(set.desk, set.agents[0], 'c-ann') };
}

async function note(console_: TestConsole, text: string): Promise<void> {
  await console_.push(console_.command('t1', { kind: 'note', text }));
}

/** Backs up as a stop does, however long this machine takes. */
async function backUp(desk: Desk, pack: Pack): Promise<void> {
  const { copySource } = desk.store;
  if (copySource === null) throw new Error('makes no backups');
  const patient = { ...desk.around, timers: { after: () => () => undefined } };
  await keepBackups({ ...desk, around: patient }, copySource, pack).stop(true);
}

test('[S5] a backup holds all of a moment while the desk goes on, and three are kept', async () => {
  const { desk, ann, directory, around: clock } = await deskIn('busy');
  for (let n = 1; n <= 4; n += 1) {
    clock.setNow(clock.nowMs() + 1_000);
    const before = desk.known().version;
    const writing = (async () => {
      for (let each = 0; each < 40; each += 1) await note(ann, `${n} ${'x'.repeat(2_000)}`);
    })();
    await Promise.all([backUp(desk, here), writing]);
    expect(clock.lines.at(-1)).toContain('backup: desk-');
    expect(desk.known().safe?.version).toBeGreaterThanOrEqual(before);
  }
  const files = await listBackups(directory);
  expect(readdirSync(join(directory, 'backups')).toSorted().toReversed()).toEqual(
    files.map(({ path }) => path.split('/').at(-1)),
  );
  expect(files).toHaveLength(3);
  for (const { facts } of files) {
    // Each note is a version and an entry; nothing else happened.
    const [first] = files.slice(-1);
    const notes = (facts.rows['entries'] ?? 0) - (first?.facts.rows['entries'] ?? 0);
    expect(notes).toBe(facts.cursor.version - (first?.facts.cursor.version ?? 0));
    expect(await desk.store.read((snapshot) => snapshot.markOf(facts.cursor.version))).toBe(
      facts.cursor.mark,
    );
  }
  const [newest] = files;
  expect(desk.known().safe).toEqual(newest?.facts.cursor);
  await backUp(desk, here);
  // Nothing came after it: no other one is made.
  const made = await listBackups(directory);
  await backUp(desk, here);
  expect(await listBackups(directory)).toEqual(made);
  await desk.store.close();
}, 120_000);

test('[S5, S7] a backup is put back as a new epoch, and the database that was there set aside', async () => {
  const { desk, ann, directory, agents } = await deskIn('put-back');
  await note(ann, 'kept');
  // By a thread, as a desk at work does it.
  await backUp(desk, packInThread(worker));
  const atBackup = desk.known();
  await note(ann, 'lost');
  const lost = desk.known();
  await desk.store.close();
  const [backup] = await listBackups(directory);
  expect(backup?.facts.cursor.version).toBe(atBackup.version);

  const restored = await restoreBackup(backup?.path ?? '', directory, around);
  if (!restored.ok) throw new Error(restored.error);
  expect(readdirSync(directory).toSorted()).toEqual([
    'backups',
    'lock',
    'pgdata',
    restored.value.aside?.split('/').at(-1),
  ]);
  const again = await startDesk(await open(directory), testSurroundings());
  const known = again.known();
  expect(known).toMatchObject({
    deskId: atBackup.deskId,
    epochVersion: atBackup.version,
    version: atBackup.version + 1,
    safe: { epoch: known.epoch, version: atBackup.version, mark: atBackup.mark },
  });
  expect(known.epoch).not.toBe(atBackup.epoch);
  for (const { epoch, version, mark } of [atBackup, lost]) {
    const cursor = { epoch, version, mark };
    const request = { protocol: 1, consoleId: 'c', cursor, limit: 10, atLeast: 0 };
    expect(await pullPage(again.store, request, 'ann', again.current(), 0)).toMatchObject({
      error: { kind: 'unknown-cursor' },
    });
  }
  const texts = (await again.store.read((snapshot) => snapshot.timeline('t1'))).map((entry) =>
    JSON.stringify(entry),
  );
  expect(texts.some((text) => text.includes('kept'))).toBe(true);
  expect(texts.some((text) => text.includes('lost'))).toBe(false);
  expect(
    (await again.store.read((snapshot) => snapshot.agents())).map((each) => each.agent),
  ).toEqual(agents);
  await again.store.close();
  // What was set aside is a database still.
  const aside = join(folder, 'aside');
  cpSync(restored.value.aside ?? '', join(aside, 'pgdata'), { recursive: true });
  const old = await open(aside);
  expect((await old.read((snapshot) => snapshot.counter())).version).toBe(lost.version);
  await old.close();
}, 120_000);

test('[S7] files put back by hand, without a new epoch, are told from the desk that was', async () => {
  const { desk, ann, directory } = await deskIn('by-hand');
  const copy = join(folder, 'by-hand-copy');
  await desk.store.copySource?.copyTo(copy, 0);
  await note(ann, 'lost');
  const { epoch, version, mark } = desk.known();
  await desk.store.close();
  rmSync(join(directory, 'pgdata'), { recursive: true });
  cpSync(copy, join(directory, 'pgdata'), { recursive: true });

  const again = await startDesk(await open(directory), around);
  expect(again.known().epoch).toBe(epoch);
  const next = testConsole(again, ann.agent, 'c-next');
  for (let n = 0; n < 3; n += 1) {
    const request = {
      protocol: 1,
      consoleId: 'c-ann',
      cursor: { epoch, version, mark },
      limit: 10,
      atLeast: 0,
    };
    expect(await pullPage(again.store, request, 'ann', again.current(), 0)).toMatchObject({
      error: { kind: 'unknown-cursor' },
    });
    await note(next, `anew ${n}`);
  }
  expect(again.known().version).toBeGreaterThan(version);
  await again.store.close();
}, 120_000);

test('[S5] a damaged backup is refused and changes nothing', async () => {
  const { desk, directory } = await deskIn('bad-backup');
  await backUp(desk, here);
  const { version } = desk.known();
  await desk.store.close();
  const [backup] = await listBackups(directory);
  const bytes = readFileSync(backup?.path ?? '');
  const before = readdirSync(directory);
  const bad = join(directory, 'bad');
  for (const damage of [
    (whole: Buffer) => whole.subarray(0, whole.byteLength >> 1),
    (whole: Buffer) => whole.fill(0, whole.byteLength >> 1, (whole.byteLength >> 1) + 64),
    () => Buffer.from('not a backup at all'),
  ]) {
    writeFileSync(bad, damage(Buffer.from(bytes)));
    const restored = await restoreBackup(bad, directory, around);
    expect(restored).toMatchObject({ ok: false });
    expect(restored.ok ? '' : restored.error).toContain('Nothing was changed');
  }
  rmSync(bad);
  expect(readdirSync(directory)).toEqual(before);
  const store = await open(directory);
  expect((await store.read((snapshot) => snapshot.counter())).version).toBe(version);
  await store.close();
}, 120_000);

test('[S5] a database that is damaged or gone is told with the words how to put it back', async () => {
  const { desk, directory } = await deskIn('damaged');
  await backUp(desk, here);
  await desk.store.close();
  const [backup] = await listBackups(directory);
  const pgdata = join(directory, 'pgdata');
  const fresh = { deskId: 'new', epoch: 'new' };
  for (const damage of [
    () => writeFileSync(join(pgdata, 'global/pg_control'), 'x'.repeat(8_192)),
    // PGlite would take it for a folder to make a new database in.
    () => rmSync(join(pgdata, 'PG_VERSION')),
    () => rmSync(pgdata, { recursive: true }),
  ]) {
    damage();
    const opened = await openDirectory(directory, fresh);
    if (opened.ok) throw new Error('it opened');
    expect(opened.error.kind).toBe('damaged');
    expect(opened.error.message).toContain(`desk -- restore ${backup?.path} --data ${directory}`);
  }
  const restored = await restoreBackup(backup?.path ?? '', directory, around);
  expect(restored).toMatchObject({ ok: true, value: { aside: null } });
  await (await open(directory)).close();
  expect(existsSync(pgdata)).toBe(true);
}, 120_000);

test('[S5] a restore that was cut short just before its end is finished by the next to open', async () => {
  const { desk, directory } = await deskIn('cut-short');
  const { version } = desk.known();
  await desk.store.close();
  cpSync(join(directory, 'pgdata'), join(directory, 'pgdata.restored'), { recursive: true });
  rmSync(join(directory, 'pgdata'), { recursive: true });
  const store = await open(directory);
  expect((await store.read((snapshot) => snapshot.counter())).version).toBe(version);
  await store.close();
}, 120_000);
