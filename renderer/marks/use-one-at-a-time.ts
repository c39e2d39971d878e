import { useState } from 'react';
import { oneAtATime } from '../store/one-at-a-time.ts';

export type OneAtATime = {
  /** Work is under way, as far as the screen knows. */
  busy: boolean;
  /** Does nothing while earlier work is under way, even in the same tick. */
  run: (work: () => Promise<void>) => void;
};

/** For buttons and keys that must not do their work twice. */
export function useOneAtATime(): OneAtATime {
  const [gate] = useState(oneAtATime);
  const [busy, setBusy] = useState(false);
  return {
    busy,
    run: (work) => {
      void gate(async () => {
        setBusy(true);
        await work();
        setBusy(false);
      });
    },
  };
}
