import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { err, ok } from '../../../shared/base/result.ts';
import type { Result } from '../../../shared/base/result.ts';
import { firstCounter } from '../contract.ts';
import type { NewStore, Store } from '../contract.ts';
import { newsOf } from '../news.ts';
import type { News, Newsroom } from '../news.ts';
import type { Changes } from '../rows.ts';
import { say } from './listening.ts';
import { sqlBlobs } from './blobs.ts';
import { migrate } from './migrations.ts';
import { readCounter, readingOf } from './reading.ts';
import { safeColumns, saveChanges } from './saving.ts';
import type { Tables } from './tables.ts';

/** How a database is used. */
export type SqlStoreOptions = {
  /** PGlite is one connection in one process; PostgreSQL has many in any number, and each is told what one commits. */
  isAlone: boolean;
  news: Newsroom;
  hearsAll: Store['hearsAll'];
  /** In whose turn everything is done on PGlite's one connection, and writes on PostgreSQL. */
  turn: <T>(work: () => Promise<T>) => Promise<T>;
};

/** Where processes on one database tell each other of commits (S6). */
export const NEWS_CHANNEL = 'desk';

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
  const writeInTurn = options.turn;
  // Kysely's PGlite driver has one connection and no queue: what runs beside a transaction would run inside it.
  const inTurn = options.isAlone ? writeInTurn : <T>(work: () => Promise<T>) => work();
  /** Does the work in a transaction; its news goes out with the commit (S6). */
  const committing = async <T>(
    work: (transaction: Kysely<Tables>, told: News[]) => Promise<T>,
  ): Promise<T> => {
    const told: News[] = [];
    const result = await writeInTurn(() =>
      db.transaction().execute(async (transaction) => {
        const done = await work(transaction, told);
        if (!options.isAlone) await notify(transaction, told);
        return done;
      }),
    );
    // Here at once, whatever the line to the database is doing.
    for (const each of told) options.news.tell(each);
    return result;
  };
  return ok({
    hearsAll: options.hearsAll,
    onNews: options.news.onNews,
    tellOthers: () => undefined,
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
      committing(async (transaction, told) => {
        const locked = await readCounter(transaction, true);
        const saved: Changes[] = [];
        const result = await work({
          ...readingOf(transaction),
          locked,
          save: async (changes) => {
            await saveChanges(transaction, changes);
            saved.push(changes);
          },
        });
        told.push(...newsOf(saved));
        return result;
      }),
    setToken: (agentId, tokenHash) =>
      committing(async (transaction, told) => {
        const result = await transaction
          .updateTable('agents')
          .set({ token_hash: tokenHash })
          .where('id', '=', agentId)
          .executeTakeFirst();
        told.push({ kind: 'agent', id: agentId });
        return result.numUpdatedRows > 0n;
      }),
    blobs: sqlBlobs({
      one: (work) => inTurn(() => work(db)),
      all: (work) => inTurn(() => db.transaction().execute(work)),
    }),
    isDataFault,
    copySource: null,
    close: () => writeInTurn(() => db.destroy()),
  });
}

/** Sent when the transaction commits, and only then; in the order of commits. */
async function notify(transaction: Kysely<Tables>, told: readonly News[]): Promise<void> {
  if (told.length === 0) return;
  await sql`
    select pg_notify(${NEWS_CHANNEL}, payload) from unnest(${told.map(say)}::text[]) as payload
  `.execute(transaction);
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
        ...safeColumns(counter),
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
