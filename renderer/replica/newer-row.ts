import type { TicketRow } from '../../shared/tickets/view.ts';

/**
 * Does this row replace the known one? A row's version is never lowered (S8); at the same version the one that
 * knows more of this console's own commands counts (S4).
 */
export function isNewerRow(row: TicketRow, known: TicketRow | undefined): boolean {
  if (known === undefined) return true;
  if (row.head.version !== known.head.version) return row.head.version > known.head.version;
  return row.decidedSeq > known.decidedSeq;
}
