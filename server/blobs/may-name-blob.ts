import type { Viewer } from '../../shared/tickets/may-see.ts';
import type { Reading } from '../store/contract.ts';

/**
 * May an agent name a file in a command (S16)? Only who sent the whole of it, or sees an entry that names it: by a
 * hash alone, seen once on a ticket that has since moved away, nobody gets at a file.
 */
export async function mayNameBlob(
  reading: Pick<Reading, 'holdsBlob' | 'seesBlob'>,
  agent: Viewer,
  hash: string,
): Promise<boolean> {
  return (await reading.holdsBlob(agent.id, hash)) || reading.seesBlob(agent, hash);
}
