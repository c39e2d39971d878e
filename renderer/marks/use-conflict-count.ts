import { countConflicts } from '../store/draft-command.ts';
import { leftDraftsOf } from '../store/left-drafts.ts';
import { useConsole, useConsoleState } from '../store/use-console.ts';

/** How many things wait in the conflicts view (S3). */
export function useConflictCount(): number {
  const console = useConsole();
  return useConsoleState((state) => countConflicts(state.commands) + leftDraftsOf(console).length);
}
