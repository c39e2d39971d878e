import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { err, ok } from '../../../shared/base/result.ts';
import type { Result } from '../../../shared/base/result.ts';
import { firstCounter } from '../contract.ts';
import type { NewStore, Store } from '../contract.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { sqlBlobs } from './blobs.ts';
import { migrate } from './migrations.ts';
import { readCounter, readingOf } from './reading.ts';
import { saveChanges } from './saving.ts';
import type { Tables } from './tables.ts';

/** How a database is used: PGlite is one connection in one process, PostgreSQL many in any number. */
export type SqlStoreOptions = { exclusive: boolean };

/**
 * The store on PGlite and PostgreSQL, by the same SQL. Migrates first, and makes the desk's row where there is
 * none. The database belongs to the store from then on.
 */
export async function sqlStore(
  db: Kysely<Tables>,
  fresh: NewStore,
  options: SqlStoreOptions,
): Promise<Result<Store, string>> {
  const migrated = await migrate(db);
  if (!migrated.ok) return err(migrated.error);
  await createDesk(db, fresh);
  // Writers of one process wait for each other here, and not with a connection in hand.
  const writeInTurn = oneAtATime();
  // Kysely's PGlite driver has one connection and no queue: what runs beside a transaction would run inside it.
  const inTurn = options.exclusive ? writeInTurn : <T>(work: () => Promise<T>) => work();
  return ok({
    exclusive: options.exclusive,
    read: (work) =>
      inTurn(() =>
        db.transaction().execute(async (transaction) => {
          await sql`set transaction isolation level repeatable read, read only`.execute(
            transaction,
          );
          return work(readingOf(transaction));
        }),
      ),
    write: (work) =>
      writeInTurn(() =>
        db.transaction().execute(async (transaction) => {
          const locked = await readCounter(transaction, true);
          return work({
            ...readingOf(transaction),
            locked,
            save: (changes) => saveChanges(transaction, changes),
          });
        }),
      ),
    setToken: (agentId, tokenHash) =>
      writeInTurn(async () => {
        const result = await db
          .updateTable('agents')
          .set({ token_hash: tokenHash })
          .where('id', '=', agentId)
          .executeTakeFirst();
        return result.numUpdatedRows > 0n;
      }),
    blobs: sqlBlobs((work) => inTurn(() => db.transaction().execute(work))),
    isDataFault,
    close: () => writeInTurn(() => db.destroy()),
  });
}

async function createDesk(db: Kysely<Tables>, fresh: NewStore): Promise<void> {
  const counter = firstCounter(fresh);
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('desk')
      .values({
        only: true,
        desk_id: counter.deskId,
        epoch: counter.epoch,
        epoch_version: counter.epochVersion,
        version: counter.version,
        mark: counter.mark,
        accepted_at: counter.acceptedAt,
        policy_version: counter.policyVersion,
        next_reference: counter.nextReference,
        demo: counter.demo,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await transaction
      .insertInto('versions')
      .values({ version: counter.version, mark: counter.mark, accepted_at: counter.acceptedAt })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** SQLSTATE classes 22 (data exception) and 23 (integrity constraint). */
function isDataFault(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return typeof error.code === 'string' && /^2[23]/.test(error.code);
}
