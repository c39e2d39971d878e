import { takeRows } from '../../renderer/replica/messages.ts';
import type { FromReplica } from '../../renderer/replica/messages.ts';
import { isNewerRow } from '../../renderer/replica/newer-row.ts';
import { unreachable } from '../../shared/base/assert.ts';
import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import { viewTicket } from '../../shared/tickets/view.ts';
import type { PendingCommand, TicketRow, TicketView } from '../../shared/tickets/view.ts';

/** What an agent sees: rows from watch table and replica, with this console's commands on them (S4). */
export type Page = {
  rows: () => ReadonlyMap<string, TicketRow>;
  commands: () => readonly JournalledCommand[];
  view: (ticketId: string) => TicketView | null;
  /** Has the replica given all its rows? */
  isRead: () => boolean;
  takeFirst: (rows: readonly TicketRow[], commands: readonly JournalledCommand[]) => void;
  takeRows: (rows: readonly TicketRow[]) => void;
  takeCommands: (commands: readonly JournalledCommand[]) => void;
  takeReplica: (message: FromReplica) => void;
};

/** `askAgain`: main is asked for its first rows once more. */
export function page(changed: () => void, askAgain: () => void): Page {
  const rows = new Map<string, TicketRow>();
  let commands: readonly JournalledCommand[] = [];
  let isRead = false;
  const putRows = (given: readonly TicketRow[]): void => {
    for (const row of given) if (isNewerRow(row, rows.get(row.head.id))) rows.set(row.head.id, row);
  };
  const applicable = (ticketId: string): PendingCommand[] =>
    commands
      .filter(
        ({ command, state }) =>
          command.ticketId === ticketId &&
          (state === 'queued' || state === 'sent' || state === 'accepted'),
      )
      .map(({ command }) => ({ command, agentName: command.agentId, role: 'lead' }));
  return {
    rows: () => rows,
    commands: () => commands,
    isRead: () => isRead,
    view: (ticketId) => {
      const row = rows.get(ticketId);
      return row === undefined ? null : viewTicket(row, applicable(ticketId));
    },
    takeFirst: (given, first) => {
      commands = first;
      putRows(given);
      changed();
    },
    takeRows: (given) => {
      putRows(given);
      changed();
    },
    takeCommands: (next) => {
      commands = next;
      changed();
    },
    takeReplica: (message) => {
      switch (message.kind) {
        case 'heads':
          putRows(takeRows(message.rows));
          break;
        case 'opened':
          isRead = true;
          break;
        case 'changed': {
          putRows(takeRows(message.rows));
          for (const id of message.removed) rows.delete(id);
          const listed = message.listed === null ? null : new Set(message.listed);
          if (listed !== null) for (const id of rows.keys()) if (!listed.has(id)) rows.delete(id);
          break;
        }
        case 'reset':
          rows.clear();
          break;
        case 'dropped':
          rows.clear();
          isRead = false;
          askAgain();
          break;
        case 'timeline':
        case 'fault':
          return;
        default:
          unreachable(message);
      }
      changed();
    },
  };
}
