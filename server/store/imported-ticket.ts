import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';

/**
 * A ticket with its past, as it comes from another system or from the demo. The desk gives it one version of
 * its own order (S1): `head.version` and the entries' versions are set then, stamps inside stay as they are (0).
 */
export type ImportedTicket = { readonly head: TicketHead; readonly entries: readonly Entry[] };
