import { sightChanges } from '../store/sight.ts';
import { startBatch } from '../sync/batch.ts';
import type { PushParts } from '../sync/push.ts';

/** Gives a ticket to another team (S14). Null where there is no such ticket; false where it is theirs already. */
export async function moveTicket(
  { store, policies, around, committed }: PushParts,
  reference: string,
  teamId: string,
): Promise<boolean | null> {
  const { moved, counter } = await store.write(async (writing) => {
    const batch = startBatch(writing.locked, around);
    const policy = await policies.forBatch(batch, writing, null);
    const id = await writing.ticketIdOf(reference);
    const [stored] = id === null ? [] : await writing.heads([id]);
    if (stored === undefined) return { moved: null, counter: batch.counter() };
    if (stored.teamId === teamId) return { moved: false, counter: batch.counter() };
    const head = { ...stored, teamId, version: batch.take().version };
    batch.putTicket(head, []);
    batch.rest.sight.push(...sightChanges(stored, head));
    await writing.save(batch.changes(policy));
    return { moved: true, counter: batch.counter() };
  });
  committed(counter);
  return moved;
}
