import { z } from 'zod';
import { idSchema } from '../base/ids.ts';
import { cursorSchema } from '../protocol/cursor.ts';
import { MAX_FETCHED } from '../protocol/fetch-rows.ts';

/** What goes over the port between main and the replica's worker (S13, S15). No row goes back. */

/** Where the replica stands. */
const standing = {
  /** Null where it is empty. */
  cursor: cursorSchema.nullable(),
  /** The next tickets to fetch by id, most urgent first (S8). */
  wanted: z.array(idSchema).max(MAX_FETCHED),
  /** How many there are to fetch, these included. */
  wantedCount: z.int().nonnegative(),
  /** How many tickets it holds. */
  held: z.int().nonnegative(),
};

export const toMainSchema = z.discriminatedUnion('kind', [
  /** The worker's first word, also after a reset. */
  z.strictObject({ kind: z.literal('hello'), ...standing }),
  /** A page or fetched rows are stored, with the cursor and what is still wanted, in one transaction. */
  z.strictObject({ kind: z.literal('stored'), ...standing }),
  /** It could not be stored: main stops sending until the next hello. */
  z.strictObject({ kind: z.literal('failed'), message: z.string().max(1_000) }),
  /** The page's list would take this many of the held tickets without a stated cause: the agent is asked (S7). */
  z.strictObject({ kind: z.literal('asks'), removing: z.int().positive() }),
]);
export type ToMain = z.infer<typeof toMainSchema>;
export type ReplicaStanding = Pick<
  Extract<ToMain, { kind: 'hello' }>,
  'cursor' | 'wanted' | 'wantedCount' | 'held'
>;

export const toWorkerSchema = z.discriminatedUnion('kind', [
  /** A pulled page; `accepted` where the agent said yes to what its list takes. */
  z.strictObject({
    kind: z.literal('page'),
    bytes: z.instanceof(Uint8Array),
    accepted: z.boolean(),
  }),
  /** Tickets fetched by id (fetch-rows.ts). */
  z.strictObject({ kind: z.literal('rows'), bytes: z.instanceof(Uint8Array) }),
  /** Another epoch, or a sign-in that was revoked: drop everything and say hello again (S7, S9). */
  z.strictObject({ kind: z.literal('reset') }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;
