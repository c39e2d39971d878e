import { startBatch } from '../sync/batch.ts';
import type { PushParts } from '../sync/push.ts';
import type { Counter } from '../store/rows.ts';

/**
 * Begins a new life of a desk that was put back from a backup (S7), with a version of its own, so that whoever goes by
 * the newest version goes by the new epoch. What the old life's backups hold, the new one still has. Consoles see
 * another epoch, stop and ask; what they had done after `epochVersion` they do again.
 */
export async function beginEpoch({ store, around, committed }: PushParts): Promise<Counter> {
  const counter = await store.write(async (writing) => {
    const { locked } = writing;
    const batch = startBatch(locked, around);
    const epoch = around.newId();
    batch.setCounter({
      epoch,
      epochVersion: locked.version,
      safe: locked.safe === null ? null : { ...locked.safe, epoch },
    });
    batch.take();
    await writing.save(batch.changesWithoutTickets());
    return batch.counter();
  });
  committed(counter);
  return counter;
}
