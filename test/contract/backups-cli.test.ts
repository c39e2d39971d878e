import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { keepBackups } from '../../server/backup/keep-backups.ts';
import { makeBackupFile } from '../../server/backup/make-backup-file.ts';
import { backedUp, newEpoch, restore, showBackups, showVersion } from '../../server/cli/backups.ts';
import { startDesk } from '../../server/desk.ts';
import { takeSubmission } from '../../server/intake/intake.ts';
import { openDirectory } from '../../server/store/sql/pglite.ts';
import { openPostgres } from '../../server/store/sql/postgres.ts';
import { submission, testDesk, testSurroundings } from '../helpers/desk.ts';
import { startPostgres } from '../helpers/postgres-server.ts';
import type { PostgresServer } from '../helpers/postgres-server.ts';

/** `desk backups`, `restore`, `new-epoch`, `version` and `backed-up` (S5, S7), as an operator uses them. */

const folder = mkdtempSync(join(tmpdir(), 'desk-backups-cli-'));
let server: PostgresServer;
const fresh = { deskId: 'desk-1', epoch: 'epoch-1' };

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

function terminal() {
  const [out, errors]: [string[], string[]] = [[], []];
  return {
    out: (line: string) => out.push(line),
    err: (line: string) => errors.push(line),
    said: out,
    errors,
  };
}

test('[S5, S7] a data directory: its backups are listed, and one is put back', async () => {
  vi.stubEnv('DATABASE_URL', undefined);
  const data = join(folder, 'desk');
  const none = terminal();
  expect(await showBackups({ data }, none)).toBe(1);
  const opened = await openDirectory(data, fresh);
  if (!opened.ok) throw new Error(opened.error.message);
  const { desk } = await testDesk(opened.value);
  await takeSubmission(desk, submission('t1'));
  const { copySource } = opened.value;
  if (copySource === null) throw new Error('no backups');
  await keepBackups(desk, copySource, (job) => ({
    done: makeBackupFile(job),
    cancel: () => undefined,
  })).stop(true);
  const listed = terminal();
  expect(await showBackups({ data }, listed), 'also while it is in use').toBe(0);
  expect(listed.said).toEqual([
    expect.stringMatching(
      /desk-\S+-v\d+\.tar\.br {2}2026-11-23T12:00:00.000Z {2}version \d+ {2}1 tickets/,
    ),
  ]);
  const file = listed.said[0]?.split(' ')[0] ?? '';
  const inUse = terminal();
  expect(await restore(file, { data }, inUse)).toBe(1);
  expect(inUse.errors[0]).toContain('in use by process');
  const { version } = desk.known();
  await opened.value.close();

  const done = terminal();
  expect(await restore(file, { data }, done)).toBe(0);
  expect(done.said[0]).toContain(`version ${version}, 1 tickets`);
  expect(done.said[1]).toContain('pgdata.aside-');
  const now = terminal();
  expect(await showVersion({ data }, now)).toBe(0);
  expect(now.said).toEqual([String(version + 1)]);
  expect(await restore(join(folder, 'nothing'), { data }, terminal())).toBe(1);
}, 120_000);

test('[S5, S7] PostgreSQL: what a backup job reports, and a database put back by other means', async () => {
  const url = await server.freshDatabase();
  vi.stubEnv('DATABASE_URL', url);
  const opened = await openPostgres(url, fresh, () => undefined);
  if (!opened.ok) throw new Error(opened.error);
  const { desk } = await testDesk(opened.value);
  await takeSubmission(desk, submission('t1'));
  const version = terminal();
  expect(await showVersion({}, version)).toBe(0);
  const at = Number(version.said[0]);
  expect(at).toBe(desk.known().version);
  await takeSubmission(desk, submission('t2'));

  const unheard = terminal();
  expect(await showBackups({}, unheard)).toBe(0);
  expect(unheard.said[1]).toContain('No backup was reported');
  const never = terminal();
  expect(await backedUp(at + 2, {}, never)).toBe(1);
  expect(never.errors[0]).toContain(`never had version ${at + 2}; its newest is ${at + 1}`);
  expect(await backedUp(at, {}, terminal())).toBe(0);
  // A desk that serves meanwhile tells its consoles at once.
  await expect.poll(() => desk.known().safe?.version).toBe(at);
  const earlier = terminal();
  expect(await backedUp(at - 1, {}, earlier)).toBe(0);
  expect(earlier.said, 'it does not go back').toEqual([`Backed up: version ${at}.`]);

  const old = desk.known();
  expect(await newEpoch({}, terminal())).toBe(0);
  await expect.poll(() => desk.known().epoch).not.toBe(old.epoch);
  expect(desk.known()).toMatchObject({ epochVersion: old.version, version: old.version + 1 });
  expect((await startDesk(opened.value, testSurroundings())).known()).toEqual(desk.known());
  expect(await restore('any', {}, terminal()), 'not for PostgreSQL').toBe(1);
  await opened.value.close();
}, 120_000);
