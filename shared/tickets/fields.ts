import { z } from 'zod';

export const channels = ['email', 'chat', 'web'] as const;
export type Channel = (typeof channels)[number];

/** Where the customer's product runs (P2: Critical is for SaaS). */
export const licences = ['saas', 'own-server'] as const;
export type Licence = (typeof licences)[number];

/** P6, with the two that are ours: uncategorised comes first, question is general usage. */
export const categories = ['uncategorised', 'bug', 'feature', 'question'] as const;
export type Category = (typeof categories)[number];
export const categorySchema = z.enum(categories);

export const statuses = ['open', 'waiting', 'resolved', 'closed'] as const;
export type Status = (typeof statuses)[number];
export const statusSchema = z.enum(statuses);

/** Why a ticket is closed (C13). */
export const closeReasons = [
  'done',
  'spam',
  'duplicate',
  'merged',
  'not-reproduced',
  'other',
] as const;
export type CloseReason = (typeof closeReasons)[number];

export const attemptOutcomes = ['reproduced', 'not-reproduced', 'needs-data'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** What became of a request for data (W2). */
export const dataRequestStates = ['open', 'received', 'withdrawn'] as const;
export type DataRequestState = (typeof dataRequestStates)[number];

/** A ticket that an agent is still to act on. */
export function isOpen(status: Status): boolean {
  return status === 'open' || status === 'waiting';
}
