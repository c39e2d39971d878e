import type { Entry } from '../../shared/tickets/entry.ts';
import { timelineOf } from '../../shared/tickets/timeline.ts';
import type { Console } from './console.ts';

/** Adds to the timeline on screen. One that is not read yet will hold them when it is. */
export function takeEntries(console: Console, entries: readonly Entry[]): void {
  const { timeline } = console.state.getState();
  const known = timeline?.entries ?? null;
  if (timeline === null || known === null) return;
  const fresh = entries.filter((entry) => entry.ticketId === timeline.ticketId);
  if (fresh.length === 0) return;
  console.state.setState({ timeline: { ...timeline, entries: merged(known, fresh) } });
}

/** Each entry once, by id, in order (S4). */
export function merged(known: readonly Entry[], fresh: readonly Entry[]): Entry[] {
  const { pending: kept } = timelineOf(fresh, known);
  return timelineOf([...kept, ...fresh], []).accepted;
}

export function forgetEntries(console: Console): void {
  const { timeline } = console.state.getState();
  if (timeline !== null)
    console.state.setState({
      timeline: { ticketId: timeline.ticketId, entries: [], failed: false },
      // Versions of another epoch mean nothing here (S7).
      seen: { ticketId: timeline.ticketId, version: 0 },
    });
}
