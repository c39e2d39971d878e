import { settled } from '../../shared/policy/settle.ts';
import { startBatch } from './batch.ts';
import type { PushParts } from './push.ts';

/** The most tickets that one transaction settles: others must not wait long. */
const MAX_SETTLED = 256;

/**
 * Records the misses that have come about by time alone (C11), each ticket by a version of its own. Gives the
 * number of tickets looked at; call again while it is not 0.
 */
export async function settleDue({
  store,
  policies,
  around,
  committed,
}: PushParts): Promise<number> {
  const due = await store.read((snapshot) => snapshot.toSettle(around.nowMs(), MAX_SETTLED));
  if (due.length === 0) return 0;
  const { lookedAt, counter } = await store.write(async (writing) => {
    const batch = startBatch(writing.locked, around);
    const policy = await policies.forBatch(batch, writing, null);
    let looked = 0;
    // Read again under the lock: a command may have come first.
    for (const stored of await writing.heads(due)) {
      const head = settled(stored, policy, batch.now());
      if (head === stored) {
        // Nothing missed after all: only its settleAt is out of date.
        batch.putTicket(stored, []);
      } else {
        const { version } = batch.take();
        batch.putTicket({ ...head, version }, []);
      }
      looked += 1;
    }
    if (looked > 0 || batch.counter() !== writing.locked) await writing.save(batch.changes(policy));
    return { lookedAt: looked, counter: batch.counter() };
  });
  committed(counter);
  return lookedAt;
}
