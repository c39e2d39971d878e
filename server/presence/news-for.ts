import type { Presence, PresenceNews } from '../../shared/protocol/presence.ts';
import { maySee } from '../../shared/tickets/may-see.ts';
import type { Viewer } from '../../shared/tickets/may-see.ts';
import type { Placement, PresenceBoard } from './board.ts';

/** What one agent's stream is to say of the others. */
export type PresenceFeed = {
  /** What is new since it was last taken; null where nothing is. */
  take: () => PresenceNews | null;
  stop: () => void;
};

/**
 * Tells an agent of the others, on tickets that this agent may see and no others (S14, S18). Who goes where the agent
 * does not see them has gone. `wake` is called when there is something to take.
 */
export function presenceFor(viewer: Viewer, board: PresenceBoard, wake: () => void): PresenceFeed {
  /** Consoles that the agent was told of and that are still somewhere. */
  const told = new Set<string>();
  const waiting = new Map<string, Presence>();
  let whole = true;

  const note = (placement: Placement): boolean => {
    if (placement.agentId === viewer.id) return false;
    const { agentId, consoleId, ticket, mode, at } = placement;
    const isSeen = ticket !== null && maySee(viewer, ticket);
    const key = `${agentId} ${consoleId}`;
    if (!isSeen && !told.has(key)) return false;
    if (isSeen) told.add(key);
    else told.delete(key);
    waiting.set(key, { agentId, consoleId, ticketId: isSeen ? ticket.id : null, mode, at });
    return true;
  };

  for (const placement of board.all()) note(placement);
  const stop = board.onChange((placement) => {
    if (note(placement)) wake();
  });
  return {
    take: () => {
      if (!whole && waiting.size === 0) return null;
      const news: PresenceNews = { whole, presences: [...waiting.values()] };
      whole = false;
      waiting.clear();
      return news;
    },
    stop,
  };
}
