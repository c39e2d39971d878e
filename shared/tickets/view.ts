import type { Role } from '../base/roles.ts';
import { apply } from './apply.ts';
import type { Command } from './command.ts';
import type { Entry } from './entry.ts';
import type { TicketHead } from './head.ts';

/** A command that the view applies, with how the agent's screen should mark it. */
export type PendingCommand = { command: Command; agentName: string; role: Role };

/** A row as a console stores it: head, and how far the desk had decided on this console's commands (S4). */
export type TicketRow = {
  head: TicketHead;
  /** `seq` of this console's last decided command on the ticket; 0 where there is none. */
  decidedSeq: number;
};

export type TicketView = {
  /** As the desk last said. Dues and alerts come from this one (C16). */
  accepted: TicketHead;
  /** With this console's own commands applied. */
  shown: TicketHead;
  /** Entries of pending commands, to stand after the accepted ones; once each, by id (S4). */
  pendingEntries: Entry[];
  /** Commands that make up the difference. */
  pending: readonly Command[];
  /** Ids of those that no longer apply and may be refused. Still pushed (S4). */
  doubtful: readonly string[];
};

/**
 * The view of one ticket: its row with this console's commands applied in journal order (S4). Commands that
 * the row already contains (`seq` at or below its decidedSeq) are left out, so nothing flickers or doubles.
 */
export function viewTicket(row: TicketRow, commands: readonly PendingCommand[]): TicketView {
  let shown = row.head;
  const pendingEntries: Entry[] = [];
  const pending: Command[] = [];
  const doubtful: string[] = [];
  for (const { command, agentName, role } of commands) {
    if (command.ticketId !== row.head.id || command.seq <= row.decidedSeq) continue;
    pending.push(command);
    const applied = apply(shown, command.action, {
      // A pending change has no version of its own yet: it stands on the row's.
      version: row.head.version,
      acceptedAt: command.writtenAt,
      writtenAt: command.writtenAt,
      agentId: command.agentId,
      agentName,
      role,
      consoleId: command.consoleId,
      commandId: command.id,
    });
    if (!applied.ok) {
      doubtful.push(command.id);
      continue;
    }
    shown = applied.value.head;
    pendingEntries.push(...applied.value.entries);
  }
  return { accepted: row.head, shown, pendingEntries, pending, doubtful };
}
