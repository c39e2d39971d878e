import type { DeskChoice } from './open-desk.ts';
import type { Terminal } from './terminal.ts';
import { withTicket } from './with-ticket.ts';

/** Prints a ticket's head and timeline as JSON. */
export function showTicket(
  reference: string,
  options: DeskChoice,
  terminal: Terminal,
): Promise<number> {
  return withTicket(reference, options, terminal, async (_desk, ticket) => {
    terminal.out(JSON.stringify(ticket, null, 2));
    return 0;
  });
}
