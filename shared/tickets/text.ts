import { z } from 'zod';

/** A line: subjects and names. Intake cuts what is longer and keeps the whole in the message (see intake). */
export const lineSchema = z.string().max(12_000);
/** A body: messages, notes, steps. */
export const bodySchema = z.string().max(200_000);
/** A body that an agent wrote and that must say something. */
export const writtenBodySchema = bodySchema.refine((text) => text.trim().length > 0, 'is empty');
