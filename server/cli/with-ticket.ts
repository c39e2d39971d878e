import type { Desk } from '../desk.ts';
import { readTicketByReference } from '../sync/read-ticket.ts';
import type { TicketWithEntries } from '../sync/read-ticket.ts';
import { withDesk } from './open-desk.ts';
import type { DeskChoice } from './open-desk.ts';
import type { Terminal } from './terminal.ts';

/** Opens a desk that is there, and works on one ticket of it, by what people call it. Gives the exit code. */
export function withTicket(
  reference: string,
  options: DeskChoice,
  terminal: Terminal,
  work: (desk: Desk, ticket: TicketWithEntries) => Promise<number>,
): Promise<number> {
  return withDesk({ ...options, mustExist: true }, terminal, async (desk) => {
    const ticket =
      (await readTicketByReference(desk.store, reference)) ??
      (await readTicketByReference(desk.store, reference.toUpperCase()));
    if (ticket !== null) return work(desk, ticket);
    terminal.err(`there is no ticket ${reference}`);
    return 1;
  });
}
