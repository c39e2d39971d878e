import type { Entry } from '../../shared/tickets/entry.ts';

/** A time in which a ticket waited on its customer. */
export type Wait = {
  /** Wall time, ms. */
  lengthMs: number;
  /** It waits still. */
  isOpen: boolean;
};

/** How often and how long a ticket waited, by its timeline; `untilAt` ends a wait that goes on, ms since epoch. */
export function waitsOf(entries: readonly Entry[], untilAt: number): Wait[] {
  const waits: Wait[] = [];
  let since: number | null = null;
  for (const { body, acceptedAt } of entries) {
    if (body.kind !== 'change' || body.field !== 'status') continue;
    if (since !== null) waits.push({ lengthMs: acceptedAt - since, isOpen: false });
    since = body.to === 'waiting' ? acceptedAt : null;
  }
  if (since !== null) waits.push({ lengthMs: untilAt - since, isOpen: true });
  return waits;
}
