import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Result } from '../../../shared/base/result.ts';
import type { NewStore, Store } from '../contract.ts';
import { sqlStore } from './sql-store.ts';
import type { Tables } from './tables.ts';

const MAX_CONNECTIONS = 10;

/** The store on a PostgreSQL server, 15 or later. `log` hears of connections that break while idle. */
export async function openPostgres(
  url: string,
  fresh: NewStore,
  log: (line: string) => void,
): Promise<Result<Store, string>> {
  const pool = new pg.Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    // What is read after the counter's lock must be newer than the lock (S1): not so at other levels.
    options: String.raw`-c default_transaction_isolation=read\ committed`,
  });
  // Without a listener a broken idle connection would end the process.
  pool.on('error', (error) => log(`database: ${error.message}`));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const opened = await sqlStore(db, fresh, { exclusive: false });
  if (!opened.ok) await db.destroy();
  return opened;
}
