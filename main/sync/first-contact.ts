import { setTimeout as wait } from 'node:timers/promises';
import type { DeskInfo } from '../../shared/protocol/desk-info.ts';
import { backoffMs } from './backoff.ts';
import type { DeskClient } from './desk-client.ts';
import type { DeskFault } from './desk-fault.ts';

/** Asks a desk who it is until it answers: a console that never met it has no profile to work in. */
export async function firstContact(
  client: DeskClient,
  random: () => number,
  failed: (fault: DeskFault) => void,
  signal: AbortSignal,
): Promise<{ info: DeskInfo; askedMs: number } | null> {
  for (let failures = 1; !signal.aborted; failures += 1) {
    const answer = await client.info();
    if (answer.ok) return answer.value;
    failed(answer.error);
    // A desk of our own that is just starting is there soon.
    const most = answer.error.kind === 'no-address' ? 200 : backoffMs(failures, random);
    await wait(most, undefined, { signal }).catch(() => undefined);
  }
  return null;
}
