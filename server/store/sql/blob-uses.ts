import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Entry } from '../../../shared/tickets/entry.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { maySee } from '../../../shared/tickets/may-see.ts';
import type { Viewer } from '../../../shared/tickets/may-see.ts';
import { blobUses } from '../blob-uses.ts';
import type { Reading } from '../contract.ts';
import type { Tables } from './tables.ts';

/** Notes which files the entries name (S16), with the entries. */
export async function saveBlobUses(db: Kysely<Tables>, entries: readonly Entry[]): Promise<void> {
  const uses = blobUses(entries);
  if (uses.length === 0) return;
  const hashes = uses.map((use) => use.hash);
  await sql`
    insert into blob_uses (hash, ticket_id)
    select * from unnest(${hashes}::text[], ${uses.map((use) => use.ticketId)}::text[])
    on conflict do nothing
  `.execute(db);
  await sql`
    update blobs set is_used = true where hash = any(${hashes}::text[]) and not is_used
  `.execute(db);
}

/** Tickets that are looked at together for one that the viewer sees. */
const LOOK_AT = 200;

export function readBlobUses(
  db: Kysely<Tables>,
  heads: (ids: readonly string[]) => Promise<readonly TicketHead[]>,
): Pick<Reading, 'blobSizes' | 'seesBlob' | 'holdsBlob'> {
  return {
    blobSizes: async (hashes) => {
      const { rows } = await sql<{ hash: string; size: number }>`
        select hash, size from blobs where hash = any(${hashes}::text[])
      `.execute(db);
      return rows;
    },
    seesBlob: async (viewer, hash) =>
      (await isInTeams(db, viewer, hash)) || isInHeads(db, viewer, hash, heads),
    holdsBlob: async (agentId, hash) => {
      const { rows } = await sql`
        select 1 from blob_holders where agent_id = ${agentId} and hash = ${hash}
      `.execute(db);
      return rows.length > 0;
    },
  };
}

/** Nearly always it is a ticket of one's team. */
async function isInTeams(db: Kysely<Tables>, viewer: Viewer, hash: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from blob_uses join tickets on tickets.id = blob_uses.ticket_id
    where blob_uses.hash = ${hash}
      and (${viewer.role === 'admin'} or tickets.team_id = any(${viewer.teamIds}::text[]))
    limit 1
  `.execute(db);
  return rows.length > 0;
}

async function isInHeads(
  db: Kysely<Tables>,
  viewer: Viewer,
  hash: string,
  heads: (ids: readonly string[]) => Promise<readonly TicketHead[]>,
): Promise<boolean> {
  for (let after = ''; ;) {
    const { rows } = await sql<{ id: string }>`
      select ticket_id as id from blob_uses
      where hash = ${hash} and ticket_id collate "C" > ${after}
      order by ticket_id collate "C" limit ${LOOK_AT}
    `.execute(db);
    const found = await heads(rows.map((row) => row.id));
    const sees = (head: TicketHead) =>
      maySee(viewer, { teamId: head.teamId, assigneeId: head.assignee.value });
    if (found.some(sees)) return true;
    const last = rows.at(-1);
    if (last === undefined || rows.length < LOOK_AT) return false;
    after = last.id;
  }
}
