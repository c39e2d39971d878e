import { z } from 'zod';
import { idSchema, instantSchema } from '../base/ids.ts';

/** Who is where (S18): told while it is so, never stored, and of no version. */

/** A console says where its agent is so often, */
export const PRESENCE_EVERY_MS = 15_000;
/** and is taken to be gone when it has not said so for this long. */
export const PRESENCE_LIFE_MS = 30_000;

export const presenceModes = ['viewing', 'replying'] as const;
export type PresenceMode = (typeof presenceModes)[number];

/** POST /v1/presence: where the agent at this console is; null for at no ticket. */
export const presenceRequestSchema = z.strictObject({
  protocol: z.int().positive(),
  consoleId: idSchema,
  ticketId: idSchema.nullable(),
  mode: z.enum(presenceModes),
});
export type PresenceRequest = z.infer<typeof presenceRequestSchema>;

const presenceSchema = z.object({
  agentId: idSchema,
  consoleId: idSchema,
  /** Null: no longer anywhere that the receiving agent may see. */
  ticketId: idSchema.nullable(),
  mode: z.enum(presenceModes),
  /** Since when, desk time. */
  at: instantSchema,
});
export type Presence = z.infer<typeof presenceSchema>;

/** The most that one event tells of. */
const MAX_PRESENCES = 10_000;

/** Event `presence` on the poke stream: one for each console of others whose place changed. */
export const presenceNewsSchema = z.object({
  /** First on a stream: whoever is not in it is nowhere. */
  whole: z.boolean(),
  presences: z.array(presenceSchema).max(MAX_PRESENCES),
});
export type PresenceNews = z.infer<typeof presenceNewsSchema>;
