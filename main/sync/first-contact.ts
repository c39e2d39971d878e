import type { Timers } from '../../shared/base/timers.ts';
import type { DeskInfo } from '../../shared/protocol/desk-info.ts';
import { backoffMs } from './backoff.ts';
import type { DeskClient } from './desk-client.ts';
import type { DeskFault } from './desk-fault.ts';

/** A desk of our own that is just starting is there soon. */
const STARTING_MS = 200;

export type FirstContact = {
  /** Resolves when the desk has answered; null where it was given up. */
  met: Promise<{ info: DeskInfo; askedMs: number } | null>;
  /** Something changed, such as the sign-in: ask now. */
  again: () => void;
  giveUp: () => void;
};

/** Asks a desk who it is until it answers: a console that never met it has no profile to work in. */
export function firstContact(
  client: Pick<DeskClient, 'info'>,
  timers: Timers,
  random: () => number,
  failed: (fault: DeskFault) => void,
): FirstContact {
  let isOver = false;
  let isDue = false;
  let cut = (): void => undefined;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = timers.after(ms, resolve);
      cut = () => {
        cancel();
        resolve();
      };
      if (isDue) cut();
    });

  const ask = async (): FirstContact['met'] => {
    for (let failures = 1; ; failures += 1) {
      isDue = false;
      const answer = await client.info();
      if (isOver) return null;
      if (answer.ok) return answer.value;
      failed(answer.error);
      const isStarting = answer.error.kind === 'no-address';
      await pause(isStarting ? STARTING_MS : backoffMs(failures, random));
      if (isOver) return null;
    }
  };

  return {
    met: ask(),
    again: () => {
      // Also where the old sign-in is being asked about just now.
      isDue = true;
      cut();
    },
    giveUp: () => {
      isOver = true;
      isDue = true;
      cut();
    },
  };
}
