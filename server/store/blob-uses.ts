import { attachmentsOf } from '../../shared/tickets/attachment.ts';
import type { Entry } from '../../shared/tickets/entry.ts';

/** Which tickets name which files with these entries (S16); each pair once. */
export function blobUses(entries: readonly Entry[]): { hash: string; ticketId: string }[] {
  const uses = new Map<string, { hash: string; ticketId: string }>();
  for (const { body, ticketId } of entries)
    for (const { hash } of attachmentsOf(body)) uses.set(`${hash} ${ticketId}`, { hash, ticketId });
  return [...uses.values()];
}
