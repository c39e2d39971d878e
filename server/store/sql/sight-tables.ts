import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Who may see a ticket as columns, and who got one into or out of sight when (S14). */
export async function addSight(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('tickets')
    .addColumn('assignee_id', 'text')
    .addColumn('ended_at', 'bigint')
    .addColumn('is_kept', 'boolean', (column) => column.notNull().defaultTo(true))
    .execute();
  await sql`
    update tickets set
      assignee_id = head->'assignee'->>'value',
      ended_at = case when is_open then null else (head->'status'->>'at')::bigint end
  `.execute(db);
  await sql`create index tickets_to_retire on tickets (ended_at) where is_kept and not is_open`.execute(
    db,
  );
  await db.schema
    .createTable('sight')
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('ticket_id', 'text', (column) => column.notNull())
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('cause', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('sight_version').on('sight').column('version').execute();
}
