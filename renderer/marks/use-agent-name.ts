import { useConsoleState } from '../store/use-console.ts';

/** The name of an agent; their id where the desk has not said; null for nobody. */
export function useAgentName(agentId: string | null): string | null {
  return useConsoleState((state) =>
    agentId === null ? null : (state.agents.find((agent) => agent.id === agentId)?.name ?? agentId),
  );
}
