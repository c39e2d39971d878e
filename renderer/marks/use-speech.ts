import type { Speech } from '../../shared/policy/trace-words.ts';
import { useConsoleState } from '../store/use-console.ts';
import { dayWords } from '../time-words.ts';
import { useWhen } from './use-when.ts';

/** How this console says instants, dates and people in a clock's reasons. */
export function useSpeech(): Speech {
  const when = useWhen();
  const agents = useConsoleState((state) => state.agents);
  return {
    when,
    day: dayWords,
    nameOf: (agentId) => agents.find((agent) => agent.id === agentId)?.name ?? agentId,
  };
}
