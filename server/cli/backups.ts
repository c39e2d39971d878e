import { listBackups } from '../backup/backup-files.ts';
import { beginEpoch } from '../backup/new-epoch.ts';
import { noteSafe } from '../backup/note-safe.ts';
import { restoreBackup } from '../backup/restore.ts';
import { defaultDataDirectory } from '../data-directory.ts';
import { thisMachine } from '../surroundings.ts';
import { isOnPostgres, withDesk } from './open-desk.ts';
import type { DeskChoice } from './open-desk.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';

/** Backups (S5) and what follows from putting one back (S7). */

/** Lists a data directory's backups; it may be in use. On PostgreSQL says what was reported of them. */
export async function showBackups(options: DeskChoice, terminal: Terminal): Promise<number> {
  if (isOnPostgres(options)) {
    return withDesk(options, terminal, async (desk) => {
      const { version, safe } = desk.known();
      terminal.out(`Newest version: ${version}`);
      terminal.out(
        safe === null
          ? 'No backup was reported (desk backed-up VERSION).'
          : `Backed up: ${safe.version}`,
      );
      return 0;
    });
  }
  const directory = options.data ?? defaultDataDirectory();
  const files = await listBackups(directory);
  if (files.length === 0) {
    terminal.err(`there is no backup in ${directory}`);
    return 1;
  }
  const rows = files.map(({ path, bytes, facts }) => [
    path,
    new Date(facts.madeAt).toISOString(),
    `version ${facts.cursor.version}`,
    `${facts.rows['tickets'] ?? 0} tickets`,
    `${(bytes / 1e6).toFixed(1)} MB`,
  ]);
  for (const line of table(rows, 2)) terminal.out(line);
  return 0;
}

/** Puts a backup in place of a data directory's database; the desk goes on from there as a new epoch. */
export async function restore(
  file: string,
  options: DeskChoice,
  terminal: Terminal,
): Promise<number> {
  if (isOnPostgres(options)) {
    terminal.err(
      'This puts back the backup of a data directory: name it with --data. On PostgreSQL put the database back by ' +
        "its own means, with every desk process stopped, and then run 'desk new-epoch'.",
    );
    return 1;
  }
  const directory = options.data ?? defaultDataDirectory();
  const restored = await restoreBackup(file, directory, thisMachine(terminal.err));
  if (!restored.ok) {
    terminal.err(restored.error);
    return 1;
  }
  const { facts, aside } = restored.value;
  const { tickets = 0 } = facts.rows;
  const madeAt = new Date(facts.madeAt).toISOString();
  terminal.out(
    `The desk is back as it was at ${madeAt}: version ${facts.cursor.version}, ${tickets} tickets.`,
  );
  if (aside !== null) terminal.out(`The database that was there lies in ${aside}.`);
  terminal.out('Consoles will say that it was put back, and send again what they still hold.');
  return 0;
}

/** For a database that was put back by other means: consoles must not take it for the desk they knew. */
export function newEpoch(options: DeskChoice, terminal: Terminal): Promise<number> {
  return withDesk({ ...options, mustExist: true }, terminal, async (desk) => {
    const { epochVersion } = await beginEpoch(desk);
    terminal.out(`A new epoch began after version ${epochVersion}. Consoles will stop and ask.`);
    return 0;
  });
}

/** The newest version, for a backup job to note before it begins. */
export function showVersion(options: DeskChoice, terminal: Terminal): Promise<number> {
  return withDesk({ ...options, mustExist: true }, terminal, async (desk) => {
    terminal.out(String(desk.known().version));
    return 0;
  });
}

/** What an operator's backup job reports: consoles need not keep what it holds. */
export function backedUp(
  version: number,
  options: DeskChoice,
  terminal: Terminal,
): Promise<number> {
  return withDesk({ ...options, mustExist: true }, terminal, async (desk) => {
    const { epoch } = desk.known();
    const mark = await desk.store.read((snapshot) => snapshot.markOf(version));
    if (mark === null || !(await noteSafe(desk, { epoch, version, mark }))) {
      terminal.err(`this desk never had version ${version}; its newest is ${desk.known().version}`);
      return 1;
    }
    const { safe } = desk.known();
    terminal.out(`Backed up: version ${safe?.version ?? version}.`);
    return 0;
  });
}
