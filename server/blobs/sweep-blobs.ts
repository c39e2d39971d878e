import { DAY_MS } from '../../shared/base/time.ts';
import type { Store } from '../store/contract.ts';
import type { Surroundings } from '../surroundings.ts';

/** How long a file is kept that no entry names, and an upload that does not go on (S16). */
export const UNUSED_DAYS = 7;
/** Few at a time: commands wait meanwhile. */
const AT_ONCE = 20;

/** Deletes what nothing has named for 7 days; gives how many went. Call again while it is not 0. */
export function sweepBlobs({
  store,
  around,
}: {
  store: Store;
  around: Surroundings;
}): Promise<number> {
  return store.blobs.sweep(around.nowMs() - UNUSED_DAYS * DAY_MS, AT_ONCE);
}
