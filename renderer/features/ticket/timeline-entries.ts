import type { JournalledCommand } from '../../../shared/bridge/journal-view.ts';
import { carried } from '../../../shared/tickets/attachment.ts';
import type { Command } from '../../../shared/tickets/command.ts';
import type { Entry, EntryBody } from '../../../shared/tickets/entry.ts';
import { timelineOf } from '../../../shared/tickets/timeline.ts';
import type { TicketView } from '../../../shared/tickets/view.ts';
import type { EntryMark } from './timeline-entry.tsx';

export type MarkedEntry = { entry: Entry; mark: EntryMark };

/**
 * What the timeline shows: accepted entries in the desk's order, then what waits to be sent, then what the desk
 * holds. Each once, by id (S4).
 */
export function timelineEntries(
  accepted: readonly Entry[],
  view: TicketView | null,
  commands: readonly JournalledCommand[],
  ticketId: string,
  agentName: string,
): MarkedEntry[] {
  const timeline = timelineOf(accepted, view?.pendingEntries ?? []);
  const doubtful = (view?.pending ?? [])
    .filter((command) => view?.doubtful.includes(command.id) ?? false)
    .flatMap((command) => entryOf(command, agentName));
  const held = commands
    .filter((each) => each.state === 'held' && each.command.ticketId === ticketId)
    .flatMap((each) => entryOf(each.command, agentName));
  return [
    ...timeline.accepted.map((entry) => ({ entry, mark: null })),
    ...timeline.pending.map((entry) => ({ entry, mark: 'waiting' as const })),
    ...doubtful.map((entry) => ({ entry, mark: 'doubtful' as const })),
    ...held.map((entry) => ({ entry, mark: 'held' as const })),
  ];
}

/** What a command says, for the kinds that say something: they have no effect that could be shown instead. */
function entryOf(command: Command, agentName: string): Entry[] {
  const body = spoken(command);
  if (body === null) return [];
  return [
    {
      id: `${command.id}/0`,
      ticketId: command.ticketId,
      version: command.baseVersion,
      author: { kind: 'agent', id: command.agentId, name: agentName },
      commandId: command.id,
      acceptedAt: command.writtenAt,
      writtenAt: command.writtenAt,
      body,
    },
  ];
}

function spoken({ action }: Command): EntryBody | null {
  switch (action.kind) {
    case 'reply':
      return { kind: 'message', text: action.text, ...carried(action) };
    case 'note':
      return { kind: 'note', text: action.text, ...carried(action) };
    case 'record-attempt':
      return { kind: 'attempt', attempt: action.attempt, ...carried(action) };
    case 'escalate':
      return { kind: 'escalation', level: action.level, reason: action.reason, text: action.text };
    case 'convert-to-feature':
      return { kind: 'message', text: action.message };
    case 'request-data':
      return {
        kind: 'data-request',
        what: action.what,
        why: action.why,
        isPublic: action.isPublic,
        ...carried(action),
      };
    default:
      return null;
  }
}
