import { z } from 'zod';
import { idSchema, instantSchema, versionSchema } from '../base/ids.ts';

/** The most tickets that are fetched at once. */
export const MAX_FETCHED = 500;

/** POST /v1/rows: tickets by id, each as it is now (S8). Answered with a page (page.ts). */
export const fetchRowsRequestSchema = z.strictObject({
  protocol: z.int().positive(),
  consoleId: idSchema,
  /** Of the list that named them: another one's ids are no use (S7). */
  epoch: idSchema,
  ids: z.array(idSchema).min(1).max(MAX_FETCHED),
  /** With their timelines. */
  entries: z.boolean(),
});
export type FetchRowsRequest = z.infer<typeof fetchRowsRequestSchema>;

/**
 * First part of the answer; rows and entries follow as in a pull. Asked-for tickets that are neither among the rows
 * nor gone did not fit: they are asked for again.
 */
export const fetchedEnvelopeSchema = z.object({
  protocol: z.int().positive(),
  deskId: idSchema,
  epoch: idSchema,
  /** The desk's newest version in the snapshot that the rows are of. */
  version: versionSchema,
  now: instantSchema,
  /** Not there, or not for this agent. */
  gone: z.array(idSchema).max(MAX_FETCHED),
});
export type FetchedEnvelope = z.infer<typeof fetchedEnvelopeSchema>;
