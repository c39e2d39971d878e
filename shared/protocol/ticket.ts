import { z } from 'zod';
import { entrySchema } from '../tickets/entry.ts';
import { ticketHeadSchema } from '../tickets/head.ts';

/** GET /v1/tickets/{id}: one ticket as it is now, with its timeline (S15). */
export const fetchedTicketSchema = z.object({
  head: ticketHeadSchema,
  entries: z.array(entrySchema),
});
export type FetchedTicket = z.infer<typeof fetchedTicketSchema>;
