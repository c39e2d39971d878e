import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Files, their bytes in parts, who has them and which tickets' entries name them (S16). */
export async function addBlobs(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('blobs')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('touched_at', 'bigint', (column) => column.notNull())
    .addColumn('is_used', 'boolean', (column) => column.notNull())
    .execute();
  await sql`create index blobs_unused on blobs (touched_at) where not is_used`.execute(db);
  await db.schema
    .createTable('blob_uploads')
    .addColumn('content', 'text', (column) => column.primaryKey())
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('received', 'integer', (column) => column.notNull())
    .addColumn('touched_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('blob_uploads_name', ['agent_id', 'hash', 'size'])
    .execute();
  await db.schema
    .createTable('blob_parts')
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('start', 'integer', (column) => column.notNull())
    .addColumn('bytes', 'bytea', (column) => column.notNull())
    .addPrimaryKeyConstraint('blob_parts_pkey', ['content', 'start'])
    .execute();
  // Most files are packed already: trying again only costs.
  await sql`alter table blob_parts alter column bytes set storage external`.execute(db);
  await db.schema
    .createTable('blob_holders')
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('blob_holders_pkey', ['agent_id', 'hash'])
    .execute();
  await db.schema.createIndex('blob_holders_hash').on('blob_holders').column('hash').execute();
  await db.schema
    .createTable('blob_uses')
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('ticket_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('blob_uses_pkey', ['hash', 'ticket_id'])
    .execute();
}
