import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { invariant } from '../../../shared/base/assert.ts';
import type { PolicyVersion } from '../../../shared/policy/policy-document.ts';
import type { Agent } from '../../../shared/protocol/agent.ts';
import type { Entry } from '../../../shared/tickets/entry.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import type { Reading, VersionRange } from '../contract.ts';
import type { Counter } from '../rows.ts';
import { readBlobUses } from './blob-uses.ts';
import { readForConsole } from './reading-for-console.ts';
import { readLedger } from './reading-ledger.ts';
import { toNumber } from './tables.ts';
import type { Tables } from './tables.ts';

/** Everything that can be asked within one transaction. Our own JSON is trusted: we alone wrote it. */
export function readingOf(db: Kysely<Tables>): Reading {
  return {
    counter: () => readCounter(db, false),
    markOf: async (version) => {
      const row = await db
        .selectFrom('versions')
        .select('mark')
        .where('version', '=', version)
        .executeTakeFirst();
      return row?.mark ?? null;
    },
    fittingEnd: (range, maxSize) => fittingEnd(db, range, maxSize),
    agentsIn: async (range) => {
      const rows = await db
        .selectFrom('agents')
        .select(sql<string>`agent::text`.as('agent'))
        .where('version', '>', range.after)
        .where('version', '<=', range.upTo)
        .orderBy('version')
        .execute();
      return rows.map((row) => JSON.parse(row.agent) as Agent);
    },
    policy: async () => {
      const row = await db
        .selectFrom('policies')
        .select(sql<string>`policy::text`.as('policy'))
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : (JSON.parse(row.policy) as PolicyVersion);
    },
    policies: async () => {
      const rows = await db
        .selectFrom('policies')
        .select(sql<string>`policy::text`.as('policy'))
        .orderBy('version')
        .execute();
      return rows.map((row) => JSON.parse(row.policy) as PolicyVersion);
    },
    ...readTickets(db),
    ...readForConsole(db),
    ...readLedger(db),
    ...readBlobUses(db, (ids) => readHeads(db, ids)),
  };
}

/** The desk's row; locked against every other writer where `forUpdate` (S1). */
export async function readCounter(db: Kysely<Tables>, forUpdate: boolean): Promise<Counter> {
  const query = db.selectFrom('desk').selectAll();
  const row = await (forUpdate ? query.forUpdate() : query).executeTakeFirst();
  invariant(row !== undefined, 'the desk has its row');
  return {
    deskId: row.desk_id,
    epoch: row.epoch,
    epochVersion: toNumber(row.epoch_version),
    version: toNumber(row.version),
    mark: row.mark,
    acceptedAt: toNumber(row.accepted_at),
    policyVersion: toNumber(row.policy_version),
    nextReference: row.next_reference,
    demo: row.demo,
    safe:
      row.safe_epoch === null || row.safe_version === null || row.safe_mark === null
        ? null
        : { epoch: row.safe_epoch, version: toNumber(row.safe_version), mark: row.safe_mark },
  };
}

async function readHeads(db: Kysely<Tables>, ids: readonly string[]): Promise<TicketHead[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ head: string }>`
    select head::text as head from tickets where id = any(${ids}::text[])
  `.execute(db);
  return rows.map((row) => JSON.parse(row.head) as TicketHead);
}

async function fittingEnd(db: Kysely<Tables>, range: VersionRange, maxSize: number) {
  // Few versions are taken whole: their bodies are bounded each.
  if (range.upTo - range.after <= 1) return range.upTo;
  const { rows } = await sql<{ version: string | number | null }>`
    select min(version) as version from (
      select version, sum(size) over (order by version) as total, min(version) over () as first
      from (
        select version, size from tickets
          where version > ${range.after} and version <= ${range.upTo}
        union all
        select version, size from entries
          where version > ${range.after} and version <= ${range.upTo}
      ) as sized
    ) as summed
    where total > ${maxSize} and version > first
  `.execute(db);
  const tooFar = rows[0]?.version ?? null;
  return tooFar === null ? range.upTo : toNumber(tooFar) - 1;
}

type TicketReading = Pick<
  Reading,
  | 'heads'
  | 'timeline'
  | 'ticketIdOf'
  | 'unclosedHeads'
  | 'openHeads'
  | 'countTickets'
  | 'oldestSubmittedAt'
  | 'teamIds'
  | 'taken'
  | 'toSettle'
>;

function readTickets(db: Kysely<Tables>): TicketReading {
  return {
    heads: (ids) => readHeads(db, ids),
    timeline: async (ticketId) => {
      const rows = await db
        .selectFrom('entries')
        .select(sql<string>`entry::text`.as('entry'))
        .where('ticket_id', '=', ticketId)
        .orderBy('version')
        .orderBy('accepted_at')
        .orderBy(sql`id collate "C"`)
        .execute();
      return rows.map((row) => JSON.parse(row.entry) as Entry);
    },
    ticketIdOf: async (reference) => {
      const row = await db
        .selectFrom('tickets')
        .select('id')
        .where('reference', '=', reference)
        .executeTakeFirst();
      return row?.id ?? null;
    },
    unclosedHeads: async (after, limit) => {
      const { rows } = await sql<{ head: string }>`
        select head::text as head from tickets
        where id collate "C" > ${after ?? ''}
          and (is_open or head->'status'->>'value' <> 'closed')
        order by id collate "C"
        limit ${limit}
      `.execute(db);
      return rows.map((row) => JSON.parse(row.head) as TicketHead);
    },
    openHeads: async (limit) => {
      const rows = await db
        .selectFrom('tickets')
        .select(sql<string>`head::text`.as('head'))
        .where('is_open', '=', true)
        .orderBy('version', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => JSON.parse(row.head) as TicketHead);
    },
    countTickets: async () => {
      const row = await db
        .selectFrom('tickets')
        .select((builder) => builder.fn.countAll<string | number>().as('count'))
        .executeTakeFirstOrThrow();
      return toNumber(row.count);
    },
    oldestSubmittedAt: async () => {
      const row = await db
        .selectFrom('tickets')
        .select((builder) => builder.fn.min('submitted_at').as('at'))
        .executeTakeFirst();
      // An aggregate of no rows is null, whatever its column's type says.
      const at: string | number | null | undefined = row?.at;
      return at === null || at === undefined ? null : toNumber(at);
    },
    teamIds: async () => {
      const rows = await db.selectFrom('tickets').select('team_id').distinct().execute();
      return rows.map((row) => row.team_id);
    },
    taken: async ({ ticketIds, references, entryIds }) => {
      const { rows } = await sql<{ name: string }>`
        select id as name from tickets where id = any(${ticketIds}::text[])
        union all
        select reference from tickets where reference = any(${references}::text[])
        union all
        select id from entries where id = any(${entryIds}::text[])
        limit 20
      `.execute(db);
      return rows.map((row) => row.name);
    },
    toSettle: async (at, limit) => {
      const rows = await db
        .selectFrom('tickets')
        .select('id')
        .where('settle_at', '<=', at)
        .orderBy('settle_at')
        .limit(limit)
        .execute();
      return rows.map((row) => row.id);
    },
  };
}
