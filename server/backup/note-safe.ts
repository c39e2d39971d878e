import { startBatch } from '../sync/batch.ts';
import type { PushParts } from '../sync/push.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';

/**
 * Notes that a backup holds everything up to a cursor (S5). Gives false, and notes nothing, where the desk never had
 * that version in this epoch; a backup that holds less than is noted changes nothing.
 */
export async function noteSafe(
  { store, around, committed }: PushParts,
  { epoch, version, mark }: Cursor,
): Promise<boolean> {
  const noted = await store.write(async (writing) => {
    const { locked } = writing;
    if (locked.epoch !== epoch || (await writing.markOf(version)) !== mark) return null;
    if (locked.safe !== null && locked.safe.version >= version) return locked;
    const batch = startBatch(locked, around);
    batch.setCounter({ safe: { epoch, version, mark } });
    await writing.save(batch.changesWithoutTickets());
    return batch.counter();
  });
  if (noted === null) return false;
  committed(noted);
  return true;
}
