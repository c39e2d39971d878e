import { DAY_MS } from '../../shared/base/time.ts';
import { retired } from '../store/sight.ts';
import { startBatch } from './batch.ts';
import type { PushParts } from './push.ts';

/** Consoles keep what ended within so long (S15). */
const KEEP_MS = 90 * DAY_MS;
const MAX_RETIRED = 500;

/** Takes tickets that ended long ago from the consoles; call again while it does not give 0. */
export async function retireTickets({ store, around, committed }: PushParts): Promise<number> {
  const before = around.nowMs() - KEEP_MS;
  const waiting = await store.read((snapshot) => snapshot.toRetire(before, 1));
  if (waiting.length === 0) return 0;
  const { count, counter } = await store.write(async (writing) => {
    const batch = startBatch(writing.locked, around);
    const ids = await writing.toRetire(before, MAX_RETIRED);
    if (ids.length > 0) {
      const { version } = batch.take();
      batch.rest.retire.push(...ids);
      batch.rest.sight.push(...ids.map((id) => retired(version, id)));
      await writing.save(batch.changesWithoutTickets());
    }
    return { count: ids.length, counter: batch.counter() };
  });
  committed(counter);
  return count;
}
