import { useSyncExternalStore } from 'react';
import { useConsole } from './use-console.ts';

/**
 * What something reads at desk time, drawn again only when that changes. `read` gives the words (or a number) at
 * an instant; `nextAt` says when to look again.
 */
export function useAtTime<T extends string | number>(
  read: (now: number) => T,
  nextAt: (now: number) => number,
): T {
  const { ticker, clock } = useConsole();
  return useSyncExternalStore(
    (notify) => ticker.subscribe(() => nextAt(clock.now()), notify),
    () => read(clock.now()),
  );
}
