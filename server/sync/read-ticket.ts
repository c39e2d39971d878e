import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import type { Store } from '../store/contract.ts';

/** A ticket as it is now, with its timeline in order. */
export type TicketWithEntries = { head: TicketHead; entries: Entry[] };

export async function readTicket(store: Store, id: string): Promise<TicketWithEntries | null> {
  return store.read(async (snapshot) => {
    const [head] = await snapshot.heads([id]);
    return head === undefined ? null : { head, entries: [...(await snapshot.timeline(id))] };
  });
}

/** By what people call it, such as VH-20421. */
export async function readTicketByReference(
  store: Store,
  reference: string,
): Promise<TicketWithEntries | null> {
  const id = await store.read((snapshot) => snapshot.ticketIdOf(reference));
  return id === null ? null : readTicket(store, id);
}
