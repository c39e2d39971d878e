import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Notes at which version the epoch began (S7). */
export async function addEpochs(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('desk')
    .addColumn('epoch_version', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
}
