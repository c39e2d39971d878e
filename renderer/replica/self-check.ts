import { z } from 'zod';
import { ticketRowSchema } from '../../shared/protocol/pull.ts';
import { entrySchema } from '../../shared/tickets/entry.ts';
import type { Held } from './held.ts';
import { entriesOfBlock } from './read-timeline.ts';
import type { FreshTicket } from './replica-store.ts';
import { unsound } from './store-errors.ts';

const freshSchema: z.ZodType<FreshTicket> = z.strictObject({
  id: z.string(),
  masks: z.boolean(),
  row: ticketRowSchema.nullable(),
  entries: z.array(entrySchema),
});

/** Fresh records that are looked at in one slice. */
const SLICE_FRESH = 50;

/**
 * The rest of the self-check (S12): what was not read at start. Each call checks a little, so that pages are served
 * between two; false when nothing is left. Rejects as unsound.
 */
export function selfCheck(held: Held): () => Promise<boolean> {
  const blocks = [...new Set(Array.from(held.tickets.values(), ({ block }) => block))];
  const fresh = [...held.tickets].flatMap(([id, { isFresh }]) => (isFresh ? [id] : []));
  return async () => {
    const block = blocks.pop();
    if (block !== undefined) await checkBlock(held, block);
    else await checkFresh(held, fresh.splice(-SLICE_FRESH));
    return blocks.length > 0 || fresh.length > 0;
  };
}

async function checkBlock(held: Held, n: number): Promise<void> {
  if (n === 0) return;
  const [block] = await held.store.read((tables) => tables.blocks.get([n]));
  // A compaction may have replaced it meanwhile.
  if (block === undefined && !isUsed(held, n)) return;
  entriesOfBlock(block);
}

function isUsed({ tickets }: Held, n: number): boolean {
  for (const { block } of tickets.values()) if (block === n) return true;
  return false;
}

async function checkFresh(held: Held, ids: readonly string[]): Promise<void> {
  const still = ids.filter((id) => held.tickets.get(id)?.isFresh === true);
  const records = await held.store.read((tables) => tables.fresh.get(still));
  for (const [index, record] of records.entries())
    if (!freshSchema.safeParse(record).success || record?.id !== still[index])
      throw unsound('a fresh ticket is not what was written');
}
