import { z } from 'zod';
import { cursorSchema } from '../protocol/cursor.ts';

/** What goes over the port between main and the replica's worker (S13, S15). No row goes back. */

export const toMainSchema = z.discriminatedUnion('kind', [
  /** The worker's first word: where the replica stands; null when it is empty. */
  z.strictObject({ kind: z.literal('hello'), cursor: cursorSchema.nullable() }),
  /** A page and its cursor are stored, in one transaction. */
  z.strictObject({ kind: z.literal('stored'), cursor: cursorSchema }),
  /** The page could not be stored: main stops sending until the next hello. */
  z.strictObject({ kind: z.literal('failed'), message: z.string().max(1_000) }),
]);
export type ToMain = z.infer<typeof toMainSchema>;

export const toWorkerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('page'), bytes: z.instanceof(Uint8Array) }),
  /** Another epoch: drop everything and say hello again (S7). */
  z.strictObject({ kind: z.literal('reset') }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;
