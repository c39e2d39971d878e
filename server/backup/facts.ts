import type { PGlite } from '@electric-sql/pglite';
import { z } from 'zod';
import { invariant } from '../../shared/base/assert.ts';
import { idSchema, instantSchema } from '../../shared/base/ids.ts';
import { cursorSchema } from '../../shared/protocol/cursor.ts';

/** What a backup says of itself: which desk it is of, how far it goes, and what must be found in it. */
export const backupFactsSchema = z.object({
  format: z.literal(1),
  deskId: idSchema,
  /** The newest version that is in it. */
  cursor: cursorSchema,
  /** When it was taken, ms since epoch. */
  madeAt: instantSchema,
  /** Every table with the number of its rows. */
  rows: z.record(z.string(), z.int().nonnegative()),
});
export type BackupFacts = z.infer<typeof backupFactsSchema>;

/** Reads them from a database that stands still. */
export async function readFacts(database: PGlite, madeAt: number): Promise<BackupFacts> {
  const counts: Record<string, number> = {};
  // One by one: PGlite lets nothing else run while it counts.
  for (const name of await tableNames(database)) {
    const { rows } = await database.query<{ count: number }>(
      `select count(*)::int as count from "${name}"`,
    );
    counts[name] = rows[0]?.count ?? 0;
    await new Promise(setImmediate);
  }
  const desk = await database.query<{
    desk_id: string;
    epoch: string;
    version: number | string;
    mark: string;
  }>(`select desk_id, epoch, version::text as version, mark from desk`);
  const [row] = desk.rows;
  invariant(row !== undefined, 'the desk has its row');
  return {
    format: 1,
    deskId: row.desk_id,
    cursor: { epoch: row.epoch, version: Number(row.version), mark: row.mark },
    madeAt,
    rows: counts,
  };
}

/** Reads every row to its end: a count alone passes over damaged pages. */
export async function readEverything(database: PGlite): Promise<void> {
  for (const name of await tableNames(database))
    await database.query(`select sum(length(whole::text)) from "${name}" as whole`);
}

async function tableNames(database: PGlite): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
  );
  return rows.map(({ name }) => name);
}

/** Do they speak of the same state of the same desk? */
export function sameState(a: BackupFacts, b: BackupFacts): boolean {
  const plain = ({ deskId, cursor, rows }: BackupFacts): string =>
    JSON.stringify([
      deskId,
      [cursor.epoch, cursor.version, cursor.mark],
      Object.entries(rows).toSorted(([first], [second]) => (first < second ? -1 : 1)),
    ]);
  return plain(a) === plain(b);
}
