import type { ConsoleTicket } from '../store/contract.ts';
import type { LedgerRow } from '../store/rows.ts';

/** The open groups of held commands, one for each console and ticket (S3). */
export type HeldGroups = {
  ids: (place: ConsoleTicket) => readonly string[];
  add: (place: ConsoleTicket, commandId: string) => void;
  close: (place: ConsoleTicket) => void;
};

export function heldGroups(rows: readonly LedgerRow[]): HeldGroups {
  const groups = new Map<string, string[]>();
  // Ids hold no space (idSchema), so no two places have the same key.
  const key = (place: ConsoleTicket) => `${place.consoleId} ${place.ticketId}`;
  const add = (place: ConsoleTicket, commandId: string) => {
    groups.set(key(place), [...(groups.get(key(place)) ?? []), commandId]);
  };
  for (const row of rows) add(row, row.commandId);
  return {
    ids: (place) => groups.get(key(place)) ?? [],
    add,
    close: (place) => {
      groups.delete(key(place));
    },
  };
}
