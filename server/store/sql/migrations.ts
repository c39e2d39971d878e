import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import { err, ok } from '../../../shared/base/result.ts';
import type { Result } from '../../../shared/base/result.ts';
import { addBlobs } from './blob-tables.ts';
import { addPolicyFacts } from './policy-facts.ts';
import { addEpochs } from './epochs.ts';
import { addSight } from './sight-tables.ts';
import { addSafe } from './safe.ts';
import type { Tables } from './tables.ts';

/** In order of their names. One that has been released never changes; what comes after is added below it. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': { up: (db) => first(db as Kysely<Tables>) },
  '0002-policy-facts': { up: (db) => addPolicyFacts(db as Kysely<Tables>) },
  '0003-epochs': { up: (db) => addEpochs(db as Kysely<Tables>) },
  '0004-safe': { up: (db) => addSafe(db as Kysely<Tables>) },
  '0005-sight': { up: (db) => addSight(db as Kysely<Tables>) },
  '0006-blobs': { up: (db) => addBlobs(db as Kysely<Tables>) },
};

/** Brings the database's tables to this version, or an earlier one. The error says what failed. */
export async function migrate(
  db: Kysely<Tables>,
  upTo?: string,
): Promise<Result<readonly string[], string>> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations }) },
  });
  const { error, results } = await (upTo === undefined
    ? migrator.migrateToLatest()
    : migrator.migrateTo(upTo));
  if (error !== undefined)
    return err(error instanceof Error ? error.message : 'the migration failed');
  return ok((results ?? []).map((each) => each.migrationName));
}

async function first(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('desk')
    .addColumn('only', 'boolean', (column) =>
      column
        .primaryKey()
        .defaultTo(true)
        .check(sql`"only"`),
    )
    .addColumn('desk_id', 'text', (column) => column.notNull())
    .addColumn('epoch', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('mark', 'text', (column) => column.notNull())
    .addColumn('accepted_at', 'bigint', (column) => column.notNull())
    .addColumn('policy_version', 'bigint', (column) => column.notNull())
    .addColumn('next_reference', 'integer', (column) => column.notNull())
    .addColumn('demo', 'boolean', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('versions')
    .addColumn('version', 'bigint', (column) => column.primaryKey())
    .addColumn('mark', 'text', (column) => column.notNull())
    .addColumn('accepted_at', 'bigint', (column) => column.notNull())
    .execute();
  await tickets(db);
  await ledger(db);
  await db.schema
    .createTable('policies')
    .addColumn('version', 'bigint', (column) => column.primaryKey())
    .addColumn('policy', 'json', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('agents')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('token_hash', 'text', (column) => column.unique())
    .addColumn('agent', 'json', (column) => column.notNull())
    .execute();
}

async function tickets(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('tickets')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('reference', 'text', (column) => column.notNull().unique())
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('submitted_at', 'bigint', (column) => column.notNull())
    .addColumn('settle_at', 'bigint')
    .addColumn('is_open', 'boolean', (column) => column.notNull())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('head', 'json', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('tickets_version').on('tickets').column('version').execute();
  await db.schema
    .createIndex('tickets_settle_at')
    .on('tickets')
    .column('settle_at')
    .where(sql.ref('settle_at'), 'is not', null)
    .execute();
  await db.schema
    .createTable('entries')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('ticket_id', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('accepted_at', 'bigint', (column) => column.notNull())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('entry', 'json', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('entries_version').on('entries').column('version').execute();
  await db.schema
    .createIndex('entries_ticket')
    .on('entries')
    .columns(['ticket_id', 'version'])
    .execute();
}

async function ledger(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('ledger')
    .addColumn('command_id', 'text', (column) => column.primaryKey())
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('console_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('ticket_id', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('outcome', 'json', (column) => column.notNull())
    .addColumn('resolution', 'text')
    .execute();
  // S4's decidedSeq: the highest seq of a console on a ticket.
  await db.schema
    .createIndex('ledger_decided')
    .on('ledger')
    .columns(['console_id', 'ticket_id', 'seq'])
    .execute();
  await sql`
    create index ledger_open_held on ledger (console_id, ticket_id)
    where kind = 'held' and resolution is null
  `.execute(db);
}
