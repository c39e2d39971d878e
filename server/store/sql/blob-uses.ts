import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Entry } from '../../../shared/tickets/entry.ts';
import { blobUses } from '../blob-uses.ts';
import type { Reading } from '../contract.ts';
import { seenBy } from './reading-for-console.ts';
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

export function readBlobUses(
  db: Kysely<Tables>,
): Pick<Reading, 'blobSizes' | 'seesBlob' | 'holdsBlob'> {
  return {
    blobSizes: async (hashes) => {
      const { rows } = await sql<{ hash: string; size: number }>`
        select hash, size from blobs where hash = any(${hashes}::text[])
      `.execute(db);
      return rows;
    },
    seesBlob: async (viewer, hash) => {
      const { rows } = await sql`
        select 1 from blob_uses join tickets on tickets.id = blob_uses.ticket_id
        where blob_uses.hash = ${hash} and ${seenBy(viewer)}
        limit 1
      `.execute(db);
      return rows.length > 0;
    },
    holdsBlob: async (agentId, hash) => {
      const { rows } = await sql`
        select 1 from blob_holders where agent_id = ${agentId} and hash = ${hash}
      `.execute(db);
      return rows.length > 0;
    },
  };
}
