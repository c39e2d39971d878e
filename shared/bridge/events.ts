import { z } from 'zod';
import { commandIdSchema, idSchema } from '../base/ids.ts';
import { policyVersionSchema } from '../policy/policy-document.ts';
import { agentSchema } from '../protocol/agent.ts';
import { ticketRowSchema } from '../protocol/pull.ts';
import { alertRecordSchema } from './alert-record.ts';
import { blobEvents } from './blobs.ts';
import { draftEvents } from './drafts.ts';
import { journalledCommandSchema } from './journal-view.ts';
import { presenceEvents } from './presence.ts';
import { syncStatusSchema } from './sync-status.ts';

/** Everything main tells the renderer unasked. */
export const bridgeEvents = {
  'sync.status': syncStatusSchema,
  /**
   * What became of commands since this page was last told, console.start included: those that are new or another
   * state, in journal order, and the ids of those that the journal shows no more.
   */
  'commands.changed': z.strictObject({
    changed: z.array(journalledCommandSchema),
    removed: z.array(commandIdSchema),
  }),
  /** The most urgent rows of a first sync, so that the queue fills before the replica does (S8). */
  'rows.first': z.strictObject({ rows: z.array(ticketRowSchema) }),
  ...draftEvents,
  ...presenceEvents,
  'policy.changed': policyVersionSchema,
  'agents.changed': z.strictObject({ agent: agentSchema.nullable(), agents: z.array(agentSchema) }),
  /** A notification was clicked: show this ticket (A6). */
  'ticket.open': z.strictObject({ ticketId: idSchema }),
  'alert.changed': alertRecordSchema,
  ...blobEvents,
  /** Something the agent must know of that has no other place, such as a damaged journal (S5). Stays until dismissed. */
  'console.notice': z.strictObject({ text: z.string().max(1_000) }),
} as const;

export type BridgeEvents = typeof bridgeEvents;
export type BridgeEventName = keyof BridgeEvents;
export type BridgeEvent<Name extends BridgeEventName> = z.infer<BridgeEvents[Name]>;
