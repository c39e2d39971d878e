import { readTicketByReference } from '../sync/read-ticket.ts';
import { withDesk } from './open-desk.ts';
import type { DeskChoice } from './open-desk.ts';
import type { Terminal } from './terminal.ts';

/** Prints a ticket's head and timeline as JSON. */
export function showTicket(
  reference: string,
  options: DeskChoice,
  terminal: Terminal,
): Promise<number> {
  return withDesk({ ...options, mustExist: true }, terminal, async (desk) => {
    const ticket = await readTicketByReference(desk.store, reference);
    if (ticket === null) {
      terminal.err(`there is no ticket ${reference}`);
      return 1;
    }
    terminal.out(JSON.stringify(ticket, null, 2));
    return 0;
  });
}
