import { z } from 'zod';
import { idSchema, versionSchema } from '../base/ids.ts';

/**
 * A place in a desk's order of changes (S1). Each committed version has a random 64-bit mark in hex, so that a
 * desk restored from a backup is told from the one that was there before (S7).
 */
export const cursorSchema = z.strictObject({
  epoch: idSchema,
  version: versionSchema,
  mark: z.string().regex(/^[0-9a-f]{16}$/),
});
export type Cursor = z.infer<typeof cursorSchema>;
