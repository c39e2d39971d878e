import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Agent } from '../../../shared/protocol/agent.ts';
import type { Viewer } from '../../../shared/tickets/may-see.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import type { Asker, Reading, RowText, VersionRange } from '../contract.ts';
import { audiencesOf } from '../sight.ts';
import type { SightChange } from '../sight.ts';
import { toNumber } from './tables.ts';
import type { Tables } from './tables.ts';

type ForConsole = Pick<
  Reading,
  | 'rows'
  | 'rowsWithSteps'
  | 'rowsById'
  | 'entries'
  | 'entriesOf'
  | 'sight'
  | 'kept'
  | 'toRetire'
  | 'agent'
>;

/** What consoles are given: each row by what its asker may see (S14, X5). */
export function readForConsole(db: Kysely<Tables>): ForConsole {
  return {
    rows: (range, asker) =>
      rowsWhere(db, asker, sql`${inRange(range)} and is_kept and ${seenBy(asker.viewer)}`),
    rowsWithSteps: (after, rules, asker) =>
      rowsWhere(
        db,
        asker,
        sql`version > ${after} and is_kept and ${seenBy(asker.viewer)} and exists (
          select 1 from json_array_elements(head->'policySteps') as step
          where (step->>'rules')::int = ${rules}
        )`,
      ),
    rowsById: (ids, asker) =>
      rowsWhere(db, asker, sql`id = any(${ids}::text[]) and ${seenBy(asker.viewer)}`),
    entries: async (range, viewer) => {
      const { rows } = await sql<{ entry: string }>`
        select entry::text as entry from entries
        where ${inRange(range)} and exists (
          select 1 from tickets
          where tickets.id = entries.ticket_id and is_kept and ${seenBy(viewer)}
        )
        order by version, id collate "C"
      `.execute(db);
      return rows.map((row) => row.entry);
    },
    entriesOf: async (ids) => {
      const { rows } = await sql<{ ticketId: string; json: string }>`
        select ticket_id as "ticketId", entry::text as json from entries
        where ticket_id = any(${ids}::text[])
      `.execute(db);
      return rows;
    },
    sight: (range, viewer) => readSight(db, range, viewer),
    kept: (viewer) => readKept(db, viewer),
    toRetire: async (endedBefore, limit) => {
      const { rows } = await sql<{ id: string }>`
        select id from tickets
        where is_kept and not is_open and ended_at < ${endedBefore}
        order by ended_at limit ${limit}
      `.execute(db);
      return rows.map((row) => row.id);
    },
    agent: async (id) => {
      const row = await db
        .selectFrom('agents')
        .select(sql<string>`agent::text`.as('agent'))
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : (JSON.parse(row.agent) as Agent);
    },
  };
}

function inRange({ after, upTo }: VersionRange): RawBuilder<boolean> {
  return sql`version > ${after} and version <= ${upTo}`;
}

/** maySee in SQL. */
function seenBy({ id, role, teamIds }: Viewer): RawBuilder<boolean> {
  return role === 'admin'
    ? sql`true`
    : sql`(team_id = any(${teamIds}::text[]) or assignee_id = ${id})`;
}

async function rowsWhere(
  db: Kysely<Tables>,
  { consoleId }: Asker,
  condition: RawBuilder<boolean>,
): Promise<RowText[]> {
  const { rows } = await sql<{ id: string; head: string; seq: string | number | null }>`
    select id, head::text as head, (
      select max(seq) from ledger where console_id = ${consoleId} and ticket_id = tickets.id
    ) as seq
    from tickets where ${condition}
    order by version
  `.execute(db);
  return rows.map(({ id, head, seq }) => ({
    id,
    headJson: head,
    decidedSeq: toNumber(seq ?? 0),
  }));
}

async function readSight(
  db: Kysely<Tables>,
  range: VersionRange,
  viewer: Viewer,
): Promise<SightChange[]> {
  const { rows } = await sql<SightChange & { version: string | number }>`
    select sight.version, sight.ticket_id as "ticketId", audience, kind, cause from sight
    where sight.version > ${range.after} and sight.version <= ${range.upTo}
      and audience = any(${audiencesOf(viewer)}::text[])
      and (kind = 'gained') = exists (
        select 1 from tickets where tickets.id = sight.ticket_id and is_kept and ${seenBy(viewer)}
      )
    order by sight.version
  `.execute(db);
  return rows.map((row) => ({ ...row, version: toNumber(row.version) }));
}

async function readKept(
  db: Kysely<Tables>,
  viewer: Viewer,
): Promise<{ open: TicketHead[]; ended: string[] }> {
  const open = await sql<{ head: string }>`
    select head::text as head from tickets where is_open and is_kept and ${seenBy(viewer)}
  `.execute(db);
  const ended = await sql<{ id: string }>`
    select id from tickets where not is_open and is_kept and ${seenBy(viewer)}
    order by version desc
  `.execute(db);
  return {
    open: open.rows.map(({ head }) => JSON.parse(head) as TicketHead),
    ended: ended.rows.map(({ id }) => id),
  };
}
