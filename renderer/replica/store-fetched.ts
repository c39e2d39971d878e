import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { FetchedEnvelope } from '../../shared/protocol/fetch-rows.ts';
import { change } from './change-replica.ts';
import type { Held } from './held.ts';
import type { Parsed } from './parse-page.ts';
import { placeTickets } from './place-tickets.ts';
import type { Batch } from './place-tickets.ts';
import type { StoreFault, Stored } from './store-page.ts';
import { changeWanted } from './wanted.ts';

/**
 * Stores tickets that were fetched by id, with what is still wanted, in one transaction (S8). Only those that are
 * still wanted are stored: a removal may have come meanwhile. No version is lowered. What is gone is wanted no more;
 * where a row of it is held, its removal comes with the pages.
 */
export function storeFetched(
  held: Held,
  fetched: Parsed<FetchedEnvelope>,
): Promise<Result<Stored, StoreFault>> {
  return change(held, async (draft) => {
    const { epoch, version, gone } = fetched.envelope;
    const { cursor } = draft.state;
    if (cursor !== null && cursor.epoch !== epoch)
      return err({ kind: 'other-epoch', message: 'the rows are of another epoch of the desk' });
    // Seen by the desk before a page that is stored by now: a ticket that went and came back between the two would
    // miss what was said then. It is asked for again.
    if (cursor === null || version < cursor.version)
      return ok({ rows: [], entries: [], removed: [], listed: null, bytes: null });

    const batch = onlyWanted(held, fetched);
    const rows = await placeTickets(draft, batch);
    const struck = new Set([...fetched.rows.map((row) => row.head.id), ...gone]);
    const isAnyStruck = [...struck].some((id) => held.wanted.of.has(id));
    if (isAnyStruck) draft.wanted = changeWanted(held.wanted, struck, []);
    return ok({
      rows,
      entries: batch.entries,
      removed: [],
      listed: null,
      bytes: rows.length === fetched.rows.length ? (fetched.bytes?.rows ?? null) : null,
    });
  });
}

function onlyWanted({ wanted }: Held, fetched: Parsed<FetchedEnvelope>): Batch {
  const rows = fetched.rows.filter((row) => wanted.of.has(row.head.id));
  const entries = fetched.entries.filter((entry) => wanted.of.has(entry.ticketId));
  const isWhole = rows.length === fetched.rows.length && entries.length === fetched.entries.length;
  return { rows, entries, bytes: isWhole ? fetched.bytes : null };
}
