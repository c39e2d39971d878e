import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Agent } from '../../../shared/protocol/agent.ts';
import type { Outcome } from '../../../shared/tickets/outcome.ts';
import type { Reading } from '../contract.ts';
import type { LedgerRow } from '../rows.ts';
import { toNumber } from './tables.ts';
import type { Tables } from './tables.ts';

type StoredLedgerRow = {
  command_id: string;
  agent_id: string;
  console_id: string;
  seq: string | number;
  ticket_id: string;
  outcome: string;
  resolution: string | null;
};

const ledgerColumns = sql`
  command_id, agent_id, console_id, seq, ticket_id, outcome::text as outcome, resolution
`;

/** What was decided on commands (S2, S3), and who may ask. */
export function readLedger(
  db: Kysely<Tables>,
): Pick<Reading, 'ledger' | 'openHeld' | 'agents' | 'agentByToken'> {
  return {
    ledger: async (commandIds) => {
      if (commandIds.length === 0) return [];
      const { rows } = await sql<StoredLedgerRow>`
        select ${ledgerColumns} from ledger where command_id = any(${commandIds}::text[])
      `.execute(db);
      return rows.map(ledgerRow);
    },
    openHeld: async (places) => {
      if (places.length === 0) return [];
      const { rows } = await sql<StoredLedgerRow>`
        select ${ledgerColumns} from ledger
        where kind = 'held' and resolution is null and (console_id, ticket_id) in (
          select * from unnest(
            ${places.map((place) => place.consoleId)}::text[],
            ${places.map((place) => place.ticketId)}::text[]
          )
        )
        order by version
      `.execute(db);
      return rows.map(ledgerRow);
    },
    agents: async () => {
      const rows = await db
        .selectFrom('agents')
        .select(['token_hash', sql<string>`agent::text`.as('agent')])
        .orderBy('version')
        .execute();
      return rows.map((row) => ({
        agent: JSON.parse(row.agent) as Agent,
        tokenHash: row.token_hash,
      }));
    },
    agentByToken: async (tokenHash) => {
      const row = await db
        .selectFrom('agents')
        .select(sql<string>`agent::text`.as('agent'))
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      return row === undefined ? null : (JSON.parse(row.agent) as Agent);
    },
  };
}

function ledgerRow(row: StoredLedgerRow): LedgerRow {
  return {
    commandId: row.command_id,
    agentId: row.agent_id,
    consoleId: row.console_id,
    seq: toNumber(row.seq),
    ticketId: row.ticket_id,
    outcome: JSON.parse(row.outcome) as Outcome,
    resolution: row.resolution as LedgerRow['resolution'],
  };
}
