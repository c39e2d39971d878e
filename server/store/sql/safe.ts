import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Migration 0004: notes what the newest verified backup holds (S5). */
export async function addSafe(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('desk')
    .addColumn('safe_epoch', 'text')
    .addColumn('safe_version', 'bigint')
    .addColumn('safe_mark', 'text')
    .execute();
}
