import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import type { PGlite as OpenPGlite } from 'kysely';
import { invariant } from '../../../shared/base/assert.ts';
import { err, ok } from '../../../shared/base/result.ts';
import type { Result } from '../../../shared/base/result.ts';
import { newestBackup } from '../../backup/backup-files.ts';
import { copyDatabase } from '../../backup/copy-database.ts';
import type { WalRange } from '../../backup/copy-database.ts';
import { readFacts } from '../../backup/facts.ts';
import { howToRestore } from '../../backup/how-to-restore.ts';
import type { CopySource } from '../../backup/copy-source.ts';
import type { NewStore, Store } from '../contract.ts';
import { lockDirectory } from '../directory-lock.ts';
import type { InUse } from '../directory-lock.ts';
import { newsroom } from '../news.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { sqlStore } from './sql-store.ts';
import type { Tables } from './tables.ts';

export type OpenFault = InUse | { kind: 'damaged'; message: string };

const DATABASE = 'pgdata';
/** Where a new database is made before it takes its name: one that was cut short is never taken for a desk. */
const UNFINISHED = 'pgdata.new';
/** A database that was put back and is whole, but has not taken its name yet. */
export const RESTORED = 'pgdata.restored';

/**
 * Opens the desk of a data directory, made where there is none: its lock (S10), the database in `pgdata`, its
 * tables. Closing gives the lock back.
 */
export async function openDirectory(
  directory: string,
  fresh: NewStore,
  lockWaitMs?: number,
): Promise<Result<Store, OpenFault>> {
  const locked = await lockDirectory(directory, lockWaitMs);
  if (!locked.ok) return locked;
  const opened = await openDatabase(directory, fresh);
  if (!opened.ok) {
    locked.value.release();
    const message = `${directory}: ${opened.error}. ${await howToRestore(directory)}`;
    return err({ kind: 'damaged', message });
  }
  const store = opened.value;
  return ok({
    ...store,
    close: async () => {
      await store.close();
      locked.value.release();
    },
  });
}

/** Is there a desk in this directory, be it only as a backup? */
export async function holdsDesk(directory: string): Promise<boolean> {
  return existsSync(join(directory, DATABASE)) || (await newestBackup(directory)) !== null;
}

async function openDatabase(directory: string, fresh: NewStore): Promise<Result<Store, string>> {
  const path = join(directory, DATABASE);
  try {
    // Put back, and stopped just before the end.
    if (!existsSync(path) && existsSync(join(directory, RESTORED)))
      renameSync(join(directory, RESTORED), path);
    if (!existsSync(path)) {
      // Another desk in its place would hide that this one can be had back.
      if ((await newestBackup(directory)) !== null)
        return err('there are backups, but no database');
      const unfinished = join(directory, UNFINISHED);
      rmSync(unfinished, { recursive: true, force: true });
      const created = await PGlite.create(unfinished);
      await created.close();
      renameSync(unfinished, path);
    }
    // PGlite would fill it with a new database.
    if (!isDatabase(path)) return err('the database is damaged (its files are not all there)');
    const pglite = await PGlite.create(path);
    const turn = oneAtATime();
    const opened = await openPglite(pglite, fresh, turn);
    if (!opened.ok) return opened;
    return ok({ ...opened.value, copySource: copySourceOf(directory, pglite, turn) });
  } catch (error) {
    return err(
      `the database is damaged (${error instanceof Error ? error.message : 'it does not open'})`,
    );
  }
}

/** Are at least the files there that say that it is one? */
export function isDatabase(pgdata: string): boolean {
  return ['PG_VERSION', 'global/pg_control'].every((name) => existsSync(join(pgdata, name)));
}

/** Everything on the one connection waits for its turn: while the copy has it, the database stands still. */
function copySourceOf(
  directory: string,
  pglite: PGlite,
  turn: ReturnType<typeof oneAtATime>,
): CopySource {
  return {
    directory,
    copyTo: (folder, madeAt) =>
      copyDatabase(join(directory, DATABASE), folder, (copyRest) =>
        turn(async () => {
          await pglite.query('checkpoint');
          const { rows } = await pglite.query<WalRange>(`
            select redo_wal_file as first, pg_walfile_name(pg_current_wal_lsn()) as last
            from pg_control_checkpoint()
          `);
          const [wal] = rows;
          invariant(wal !== undefined, 'a checkpoint has its place in the log');
          await copyRest(wal);
          return readFacts(pglite, madeAt);
        }),
      ),
  };
}

/** A database by itself: no lock, no backups. */
export async function openPgliteAt(
  pgdata: string,
  fresh: NewStore,
): Promise<Result<Store, string>> {
  return openPglite(await PGlite.create(pgdata), fresh);
}

/** The store on a PGlite that is open already; tests pass one in memory. */
export async function openPglite(
  pglite: OpenPGlite,
  fresh: NewStore,
  turn = oneAtATime(),
): Promise<Result<Store, string>> {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  const opened = await sqlStore(db, fresh, {
    isAlone: true,
    news: newsroom(),
    hearsAll: () => true,
    turn,
  });
  if (!opened.ok) await db.destroy();
  return opened;
}
