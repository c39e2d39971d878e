import { z } from 'zod';

/** Ids are opaque text; the limits keep a hostile one from filling an index. */
export const idSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9._:-]+$/, 'letters, digits and . _ : - only');

/** A command's id: UUIDv7, so that it sorts by the time it was made (S2). */
export const commandIdSchema = z.uuid();

/** Milliseconds since epoch, UTC. */
export const instantSchema = z.int().nonnegative();

/** A place in the desk's one order of changes (S1). 0 is before everything. */
export const versionSchema = z.int().nonnegative();
