import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import type { PGlite as OpenPGlite } from 'kysely';
import { err, ok } from '../../../shared/base/result.ts';
import type { Result } from '../../../shared/base/result.ts';
import type { NewStore, Store } from '../contract.ts';
import { lockDirectory } from '../directory-lock.ts';
import type { InUse } from '../directory-lock.ts';
import { newsroom } from '../news.ts';
import { sqlStore } from './sql-store.ts';
import type { Tables } from './tables.ts';

export type OpenFault = InUse | { kind: 'damaged'; message: string };

const DATABASE = 'pgdata';
/** Where a new database is made before it takes its name: one that was cut short is never taken for a desk. */
const UNFINISHED = 'pgdata.new';

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
    return err({ kind: 'damaged', message: `${directory}: ${opened.error}` });
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

/** Is there a desk in this directory? */
export function holdsDesk(directory: string): boolean {
  return existsSync(join(directory, DATABASE));
}

async function openDatabase(directory: string, fresh: NewStore): Promise<Result<Store, string>> {
  const path = join(directory, DATABASE);
  try {
    if (!existsSync(path)) {
      const unfinished = join(directory, UNFINISHED);
      rmSync(unfinished, { recursive: true, force: true });
      const created = await PGlite.create(unfinished);
      await created.close();
      renameSync(unfinished, path);
    }
    return await openPglite(await PGlite.create(path), fresh);
  } catch (error) {
    return err(error instanceof Error ? error.message : 'the database does not open');
  }
}

/** The store on a PGlite that is open already; tests pass one in memory. */
export async function openPglite(
  pglite: OpenPGlite,
  fresh: NewStore,
): Promise<Result<Store, string>> {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  const opened = await sqlStore(db, fresh, {
    isAlone: true,
    news: newsroom(),
    hearsAll: () => true,
  });
  if (!opened.ok) await db.destroy();
  return opened;
}
