import { z } from 'zod';
import { idSchema, instantSchema } from '../base/ids.ts';
import { presenceModes } from '../protocol/presence.ts';

/** Who is where, between main and screens (S18). */

const nothing = z.strictObject({});

export const shownPresenceSchema = z.strictObject({
  agentId: idSchema,
  ticketId: idSchema,
  mode: z.enum(presenceModes),
  /** Since when, desk time. */
  at: instantSchema,
});
export type ShownPresence = z.infer<typeof shownPresenceSchema>;

export const presenceMethods = {
  /** Where the agent here is; null for at no ticket, or not looking. */
  'presence.set': {
    params: z.strictObject({ ticketId: idSchema.nullable(), mode: z.enum(presenceModes) }),
    result: nothing,
  },
} as const;

export const presenceEvents = {
  /** All others, as last known. */
  'presence.changed': z.strictObject({ presences: z.array(shownPresenceSchema) }),
} as const;
