import { SECOND_MS } from '../../shared/base/time.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { previewChange } from '../store/preview-change.ts';
import type { ChangePreview } from '../store/preview-change.ts';
import { useConsoleState, useTicket } from '../store/use-console.ts';
import { useAtTime } from '../store/use-time.ts';

const STEP_MS = 10 * SECOND_MS;

/** What actions would do now, reckoned again as time goes on; null while the desk has not said who and by what rules. */
export function usePreview(ticketId: string, actions: readonly Action[]): ChangePreview | null {
  const item = useTicket(ticketId);
  const policy = useConsoleState((state) => state.policy);
  const agent = useConsoleState((state) => state.agent);
  // Never before what the desk has just accepted.
  const at = useAtTime(
    (now) => Math.ceil(now / STEP_MS) * STEP_MS,
    (now) => Math.ceil(now / STEP_MS) * STEP_MS + 1,
  );
  if (item === undefined || policy === null || agent === null) return null;
  return previewChange(item, actions, { agent, policy, at });
}
