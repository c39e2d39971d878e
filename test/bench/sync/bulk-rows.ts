import type { PGlite } from '@electric-sql/pglite';
import type { Changes } from '../../../server/store/rows.ts';

type Statement = { text: string; values: unknown[] };

/** Writes one batch's rows as plainly as it can be done: one statement for each table, the values ready made. */
export function bulkWriter(database: PGlite, changes: Changes): () => Promise<void> {
  const statements = [
    versions(changes),
    heads(changes),
    entries(changes),
    ledger(changes),
    {
      text: 'update desk set version = $1, mark = $2, accepted_at = $3',
      values: [changes.counter.version, changes.counter.mark, changes.counter.acceptedAt],
    },
  ];
  return () =>
    database.transaction(async (transaction) => {
      for (const { text, values } of statements) await transaction.query(text, values);
    });
}

function versions({ versions: rows }: Changes): Statement {
  return {
    text: `insert into versions (version, mark, accepted_at)
      select * from unnest($1::bigint[], $2::text[], $3::bigint[])`,
    values: [
      rows.map((row) => row.version),
      rows.map((row) => row.mark),
      rows.map((row) => row.acceptedAt),
    ],
  };
}

function heads({ tickets }: Changes): Statement {
  const json = tickets.map(({ head }) => JSON.stringify(head));
  return {
    text: `update tickets set version = given.version, settle_at = given.settle_at,
        size = given.size, head = given.head::json
      from unnest($1::text[], $2::bigint[], $3::bigint[], $4::integer[], $5::text[])
        as given (id, version, settle_at, size, head)
      where tickets.id = given.id`,
    values: [
      tickets.map(({ head }) => head.id),
      tickets.map(({ head }) => head.version),
      tickets.map(({ settleAt }) => settleAt),
      json.map((text) => text.length),
      json,
    ],
  };
}

function entries({ entries: rows }: Changes): Statement {
  const json = rows.map((row) => JSON.stringify(row));
  return {
    text: `insert into entries (id, ticket_id, version, accepted_at, size, entry)
      select id, ticket_id, version, accepted_at, size, entry::json
      from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::integer[], $6::text[])
        as given (id, ticket_id, version, accepted_at, size, entry)`,
    values: [
      rows.map((row) => row.id),
      rows.map((row) => row.ticketId),
      rows.map((row) => row.version),
      rows.map((row) => row.acceptedAt),
      json.map((text) => text.length),
      json,
    ],
  };
}

function ledger({ ledger: rows }: Changes): Statement {
  return {
    text: `insert into ledger
        (command_id, agent_id, console_id, seq, ticket_id, version, kind, outcome)
      select command_id, agent_id, console_id, seq, ticket_id, version, kind, outcome::json
      from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::bigint[],
          $7::text[], $8::text[])
        as given (command_id, agent_id, console_id, seq, ticket_id, version, kind, outcome)`,
    values: [
      rows.map((row) => row.commandId),
      rows.map((row) => row.agentId),
      rows.map((row) => row.consoleId),
      rows.map((row) => row.seq),
      rows.map((row) => row.ticketId),
      rows.map((row) => row.outcome.version),
      rows.map((row) => row.outcome.kind),
      rows.map((row) => JSON.stringify(row.outcome)),
    ],
  };
}
