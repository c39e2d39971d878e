import type { Entry } from '../../shared/tickets/entry.ts';
import type { Console } from './console.ts';

/** A message as it stands in the conversation. */
export type PlacedMessage = { version: number; topPx: number; heightPx: number };

/** So much of a message, from its top, must be in sight for it to count as seen, px: who wrote, and a first line. */
const TOP_PART_PX = 40;

/**
 * Version of the newest message that is in sight, 0 for none. Those above it count: a conversation opens at its
 * end. `bottomPx` is the lower edge of what can be seen, measured from where `topPx` is.
 */
export function newestInSight(messages: readonly PlacedMessage[], bottomPx: number): number {
  return messages.reduce(
    (newest, { version, topPx, heightPx }) =>
      topPx + Math.min(heightPx, TOP_PART_PX) <= bottomPx ? Math.max(newest, version) : newest,
    0,
  );
}

/** Keeps what was seen. It never goes back: who scrolls up has still seen what is below. */
export function noteSeen(console: Console, ticketId: string, version: number): void {
  const { seen } = console.state.getState();
  if (seen?.ticketId !== ticketId || version <= seen.version) return;
  console.state.setState({ seen: { ticketId, version } });
}

/** What `threadSeen` says for this ticket (S3); 0 where nothing was seen, so the desk holds rather than sends. */
export function seenVersion(console: Console, ticketId: string): number {
  const { seen } = console.state.getState();
  return seen?.ticketId === ticketId ? seen.version : 0;
}

/** Messages of others that came after what was seen, oldest first. None before anything was seen. */
export function notSeenYet(
  entries: readonly Entry[],
  seen: number,
  meId: string | undefined,
): Entry[] {
  if (seen === 0) return [];
  return entries.filter(
    ({ version, body, author }) =>
      body.kind === 'message' && version > seen && !(author.kind === 'agent' && author.id === meId),
  );
}
