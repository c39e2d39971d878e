import { standstill } from './fullness.ts';
import { useConsole, useConsoleState } from './use-console.ts';

/** Why there is nothing to show and what to do about it, if so. */
export function useStandstill(): ReturnType<typeof standstill> {
  const { queue } = useConsole();
  const status = useConsoleState((state) => state.status);
  const ticketsHere = useConsoleState(() => queue.size());
  return standstill(status, ticketsHere);
}
