import type { ShownPresence } from '../../../shared/bridge/presence.ts';
import { useWhen } from '../../marks/use-when.ts';
import { othersAt } from '../../store/presence.ts';
import { useConsoleState } from '../../store/use-console.ts';
import { crossingWords, presenceWords } from './presence-words.ts';

/** What is to be said of others at the ticket (S18). */
export function useOthers(ticketId: string): { here: string | null; crossing: string | null } {
  const presences = useConsoleState((state) => state.presences);
  const agents = useConsoleState((state) => state.agents);
  const meId = useConsoleState((state) => state.agent?.id);
  const online = useConsoleState((state) => state.status?.connection === 'online');
  const when = useWhen();
  const nameOf = (agentId: string): string =>
    agents.find((agent) => agent.id === agentId)?.name ?? agentId;
  const others: ShownPresence[] = othersAt(presences, ticketId, meId);
  return {
    here: presenceWords(others, nameOf, online ? null : when),
    crossing: online ? crossingWords(others, nameOf) : null,
  };
}
