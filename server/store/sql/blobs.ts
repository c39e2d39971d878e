import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { BlobStore, UploadName } from '../blob-store.ts';
import { readCounter } from './reading.ts';
import { toNumber } from './tables.ts';
import type { Tables } from './tables.ts';

/** Runs work on the database in its turn. */
type Run = <T>(work: (db: Kysely<Tables>) => Promise<T>) => Promise<T>;

/** Files in the database, in parts, so that any desk process on it serves them (S16). */
export function sqlBlobs({
  one,
  all,
}: {
  /** One statement. */
  one: Run;
  /** Several, in a transaction. */
  all: Run;
}): BlobStore {
  return {
    upload: (name) => one((db) => findUpload(db, name)),
    addPart: (name, at, bytes, nowMs) => all((db) => addPart(db, name, at, bytes, nowMs)),
    part: (content, at) =>
      one(async (db) => {
        const row = await db
          .selectFrom('blob_parts')
          .select(sql<string>`encode(bytes, 'base64')`.as('text'))
          .where('content', '=', content)
          .where('start', '=', at)
          .executeTakeFirst();
        return row === undefined ? null : new Uint8Array(Buffer.from(row.text, 'base64'));
      }),
    keepUpload: (name, content, nowMs) => all((db) => keepUpload(db, name, content, nowMs)),
    dropUpload: (content) =>
      all(async (db) => {
        const dropped = await db
          .deleteFrom('blob_uploads')
          .where('content', '=', content)
          .executeTakeFirst();
        // Another process may have made it the file meanwhile.
        if (dropped.numDeletedRows > 0n) await dropParts(db, [content]);
      }),
    blob: (hash) =>
      one(async (db) => {
        const row = await db
          .selectFrom('blobs')
          .select(['size', 'content'])
          .where('hash', '=', hash)
          .executeTakeFirst();
        return row ?? null;
      }),
    touchBlob: (hash, nowMs) =>
      one(async (db) => {
        await db
          .updateTable('blobs')
          .set({ touched_at: nowMs })
          .where('hash', '=', hash)
          .where('is_used', '=', false)
          .execute();
      }),
    unused: (agentId) =>
      one(async (db) => {
        const { rows } = await sql<{ files: string | number; bytes: string | number }>`
          select count(*) as files, coalesce(sum(size), 0) as bytes from (
            select size from blob_uploads where agent_id = ${agentId}
            union all
            select size from blobs join blob_holders using (hash)
            where agent_id = ${agentId} and not is_used
          ) as unused
        `.execute(db);
        return { files: toNumber(rows[0]?.files ?? 0), bytes: toNumber(rows[0]?.bytes ?? 0) };
      }),
    sweep: (before, limit) =>
      all(async (db) => {
        await readCounter(db, true);
        return (await sweepUploads(db, before, limit)) + (await sweepBlobs(db, before, limit));
      }),
  };
}

async function findUpload(db: Kysely<Tables>, { hash, size, agentId }: UploadName) {
  const row = await db
    .selectFrom('blob_uploads')
    .select(['content', 'received'])
    .where('agent_id', '=', agentId)
    .where('hash', '=', hash)
    .where('size', '=', size)
    .executeTakeFirst();
  return row ?? null;
}

async function addPart(
  db: Kysely<Tables>,
  name: UploadName,
  at: number,
  bytes: Uint8Array,
  nowMs: number,
): Promise<number> {
  const { hash, size, agentId } = name;
  if (at === 0) {
    await sql`
      insert into blob_uploads (content, agent_id, hash, size, received, touched_at)
      values (gen_random_uuid()::text, ${agentId}, ${hash}, ${size}, 0, ${nowMs})
      on conflict do nothing
    `.execute(db);
  }
  // Locks the row: of two parts at the same place one comes too late, here or in another process.
  const { rows } = await sql<{ content: string; received: number }>`
    update blob_uploads set received = received + ${bytes.byteLength}, touched_at = ${nowMs}
    where agent_id = ${agentId} and hash = ${hash} and size = ${size}
      and received = ${at} and received + ${bytes.byteLength} <= size
    returning content, received
  `.execute(db);
  const [moved] = rows;
  if (moved === undefined) return (await findUpload(db, name))?.received ?? 0;
  // As text: PGlite's own way with bytes costs ten times as much.
  const text = Buffer.from(bytes).toString('base64');
  await sql`
    insert into blob_parts (content, start, bytes)
    values (${moved.content}, ${at}, decode(${text}, 'base64'))
  `.execute(db);
  return moved.received;
}

async function keepUpload(
  db: Kysely<Tables>,
  { hash, size, agentId }: UploadName,
  content: string,
  nowMs: number,
): Promise<void> {
  const ended = await db
    .deleteFrom('blob_uploads')
    .where('content', '=', content)
    .executeTakeFirst();
  // Another process has done it.
  if (ended.numDeletedRows === 0n) return;
  const { rows } = await sql`
    insert into blobs (hash, size, content, touched_at, is_used)
    values (
      ${hash}, ${size}, ${content}, ${nowMs},
      exists (select 1 from blob_uses where blob_uses.hash = ${hash})
    )
    on conflict do nothing
    returning hash
  `.execute(db);
  // The same file came from somebody else: it is stored once.
  if (rows.length === 0) await dropParts(db, [content]);
  await db
    .insertInto('blob_holders')
    .values({ agent_id: agentId, hash })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function sweepUploads(db: Kysely<Tables>, before: number, limit: number): Promise<number> {
  const { rows } = await sql<{ content: string }>`
    delete from blob_uploads where content in (
      select content from blob_uploads where touched_at < ${before} limit ${limit}
    )
    returning content
  `.execute(db);
  await dropParts(
    db,
    rows.map((row) => row.content),
  );
  return rows.length;
}

async function sweepBlobs(db: Kysely<Tables>, before: number, limit: number): Promise<number> {
  const { rows } = await sql<{ hash: string; content: string }>`
    delete from blobs where hash in (
      select hash from blobs where not is_used and touched_at < ${before} limit ${limit}
    )
    returning hash, content
  `.execute(db);
  if (rows.length === 0) return 0;
  await sql`
    delete from blob_holders where hash = any(${rows.map((row) => row.hash)}::text[])
  `.execute(db);
  await dropParts(
    db,
    rows.map((row) => row.content),
  );
  return rows.length;
}

async function dropParts(db: Kysely<Tables>, contents: readonly string[]): Promise<void> {
  if (contents.length === 0) return;
  await sql`delete from blob_parts where content = any(${contents}::text[])`.execute(db);
}
