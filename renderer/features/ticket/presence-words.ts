import type { ShownPresence } from '../../../shared/bridge/presence.ts';

/** What is said of those who are at the ticket, too (S18); null where nobody is. `others` as `othersAt` gives them. */
export function presenceWords(
  others: readonly ShownPresence[],
  nameOf: (agentId: string) => string,
  /** Null while the desk tells it as it happens; else the words for the instant it was last known. */
  lastKnown: ((at: number) => string) | null,
): string | null {
  const [first] = others;
  if (first === undefined) return null;
  const replying = others.filter(({ mode }) => mode === 'replying');
  const speaking = replying.length > 0 ? replying : others;
  const names = listed(speaking.map(({ agentId }) => nameOf(agentId)));
  const are = speaking.length > 1 ? 'are' : 'is';
  if (lastKnown !== null) {
    const were = speaking.length > 1 ? 'were' : 'was';
    const at = Math.max(...speaking.map((each) => each.at));
    return `${names} ${were} ${replying.length > 0 ? 'replying' : 'here'}, last known ${lastKnown(at)}`;
  }
  return replying.length > 0 ? `${names} ${are} replying` : `${names} ${are} looking at this too`;
}

/** Over the agent's own reply, where somebody else writes one; null where nobody does. */
export function crossingWords(
  others: readonly ShownPresence[],
  nameOf: (agentId: string) => string,
): string | null {
  const replying = others.filter(({ mode }) => mode === 'replying');
  if (replying.length === 0) return null;
  const names = listed(replying.map(({ agentId }) => nameOf(agentId)));
  return replying.length > 1 ? `${names} are replying, too` : `${names} is replying, too`;
}

const MOST_NAMED = 2;

function listed(names: readonly string[]): string {
  const [first = '', second] = names;
  if (second === undefined) return first;
  const rest = names.length - MOST_NAMED;
  return rest > 0 ? `${first}, ${second} and ${rest} more` : `${first} and ${second}`;
}
