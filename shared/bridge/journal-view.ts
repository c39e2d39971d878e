import { z } from 'zod';
import { commandSchema } from '../tickets/command.ts';
import { outcomeSchema } from '../tickets/outcome.ts';

/** A command in the journal as screens see it. */
export const journalledCommandSchema = z.strictObject({
  command: commandSchema,
  /**
   * queued: not sent; sent: on its way, outcome unknown; accepted: applied or merged, until the caches hold it;
   * the others wait for the agent in the conflicts view (S3).
   */
  state: z.enum(['queued', 'sent', 'accepted', 'held', 'superseded', 'refused']),
  outcome: outcomeSchema.nullable(),
  /**
   * The agent may no longer see its ticket (S14): only copy and dismiss are left, and `outcome` names no value or
   * person but the agent's own.
   */
  ticketGone: z.boolean(),
});
export type JournalledCommand = z.infer<typeof journalledCommandSchema>;
