import type { Entry } from './entry.ts';

/** The timeline's order: version, then instant (an imported ticket has one version), then id by code unit. */
export function compareEntries(a: Entry, b: Entry): number {
  return (
    a.version - b.version || a.acceptedAt - b.acceptedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/**
 * What a timeline shows: accepted entries, then those of pending commands. An entry can reach the console before
 * the row that counts its command as decided (a page may end between two versions), so each id shows once (S4).
 */
export function timelineOf(
  accepted: readonly Entry[],
  pendingEntries: readonly Entry[],
): { accepted: Entry[]; pending: Entry[] } {
  const ids = new Set(accepted.map((entry) => entry.id));
  return {
    accepted: accepted.toSorted(compareEntries),
    pending: pendingEntries.filter((entry) => !ids.has(entry.id)),
  };
}
