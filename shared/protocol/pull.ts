import { z } from 'zod';
import { idSchema, instantSchema, versionSchema } from '../base/ids.ts';
import { policyVersionSchema } from '../policy/policy-document.ts';
import { entrySchema } from '../tickets/entry.ts';
import { ticketHeadSchema } from '../tickets/head.ts';
import { agentSchema } from './agent.ts';
import { cursorSchema } from './cursor.ts';

/** The most versions a page may cover. */
export const MAX_PAGE_VERSIONS = 2_000;

/** POST /v1/pull: what changed after a cursor (S1). Answered with a page (page.ts). */
export const pullRequestSchema = z.strictObject({
  protocol: z.int().positive(),
  consoleId: idSchema,
  /** Null for everything. */
  cursor: cursorSchema.nullable(),
  limit: z.int().min(1).max(MAX_PAGE_VERSIONS),
  /** The highest version of this console's outcomes: a desk process may not answer from before it (S6). */
  atLeast: versionSchema,
});
export type PullRequest = z.infer<typeof pullRequestSchema>;

/**
 * A ticket that the agent no longer has (S14): it went to people they are not among, or it has been closed for so
 * long that consoles keep it no more (S15). Sent only where the agent does not see it in the page's snapshot.
 */
export const removalSchema = z.object({
  ticketId: idSchema,
  cause: z.enum(['moved', 'retention']),
});
export type Removal = z.infer<typeof removalSchema>;

/** The most tickets that one desk shows one agent. */
export const MAX_LISTED = 1_000_000;

/**
 * Every ticket that the agent may see and that consoles keep (S8, S15), as of the page's snapshot. What the console
 * has beyond it goes, what it lacks is fetched by id.
 */
export const visibleListSchema = z.object({
  /** Most urgent first. */
  open: z.array(idSchema).max(MAX_LISTED),
  /** Those that are resolved or closed, the newest change first. */
  ended: z.array(idSchema).max(MAX_LISTED),
  /** Why it may take tickets from the console; null where the desk does not say, then the agent is asked (S7). */
  cause: z.enum(['first-sync', 'rights']).nullable(),
});
export type VisibleList = z.infer<typeof visibleListSchema>;

/** First part of a page: what it is. Main parses this one and the heads. */
export const pageEnvelopeSchema = z.object({
  protocol: z.int().positive(),
  deskId: idSchema,
  /** The request's cursor. */
  from: cursorSchema.nullable(),
  /** The last complete version in the page; to be stored in one transaction with it. */
  cursor: cursorSchema,
  /** There is more after it. */
  more: z.boolean(),
  /** The desk's newest version when the page was read: how far there is to go. */
  headVersion: versionSchema,
  /** Desk time, ms since epoch (C9). */
  now: instantSchema,
  /** The policy in force, where it changed in the page's range (C14). */
  policy: policyVersionSchema.nullable(),
  agents: z.array(agentSchema).max(10_000),
  removals: z.array(removalSchema),
  /** Tickets that came into the agent's sight in the page's range: their older entries are to be fetched (S14). */
  gained: z.array(idSchema),
  /** With the first page of all (its rows are fetched by id then), and where the agent's rights changed. */
  list: visibleListSchema.nullable(),
  /** What the newest verified backup holds (S5); null where no backup was reported. */
  safe: cursorSchema.nullable(),
});
export type PageEnvelope = z.infer<typeof pageEnvelopeSchema>;

/** Second part: head rows, each with how far the desk decided on this console's commands there (S4). */
export const ticketRowSchema = z.object({
  head: ticketHeadSchema,
  decidedSeq: z.int().nonnegative(),
});
export const pageRowsSchema = z.array(ticketRowSchema);

/** Third part: timeline entries. Only the replica's worker parses them. */
export const pageEntriesSchema = z.array(entrySchema);
