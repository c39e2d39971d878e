import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import type { Action, Command, CommandDraft } from '../../shared/tickets/command.ts';
import { mustNotMissMessages } from '../../shared/tickets/decide.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';

/** The version of the newest message among entries that are all in sight (S3); 0 where there is none. */
export function threadSeen(entries: readonly Entry[]): number {
  return entries.reduce(
    (newest, entry) => (entry.body.kind === 'message' ? Math.max(newest, entry.version) : newest),
    0,
  );
}

/** A command as the agent meant it: on the accepted ticket, and the newest message that was on screen (S3). */
export function draftCommand(
  accepted: Pick<TicketHead, 'id' | 'version'>,
  seen: number,
  action: Action,
  undoes: string | null = null,
): CommandDraft {
  return {
    ticketId: accepted.id,
    baseVersion: accepted.version,
    threadSeen: seen,
    undoes,
    action,
  };
}

/** Held commands of each ticket that no decision speaks of yet, in journal order. */
export function heldGroups(commands: readonly JournalledCommand[]): Map<string, Command[]> {
  const decided = new Set(
    commands.flatMap(({ command, state }) =>
      command.action.kind === 'decide' && state !== 'refused'
        ? command.action.held.map((each) => each.id)
        : [],
    ),
  );
  const groups = new Map<string, Command[]>();
  for (const { command, state } of commands) {
    if (state !== 'held' || decided.has(command.id)) continue;
    groups.set(command.ticketId, [...(groups.get(command.ticketId) ?? []), command]);
  }
  return groups;
}

/**
 * How many changes of this console on the ticket may still join its held group: no outcome yet, and of a kind that
 * the desk holds. A decision must name the whole group (S3), so it waits for them.
 */
export function stillToJoin(commands: readonly JournalledCommand[], ticketId: string): number {
  return commands.filter(
    ({ command, state }) =>
      command.ticketId === ticketId &&
      (state === 'queued' || state === 'sent') &&
      mustNotMissMessages(command.action),
  ).length;
}

/** How many things in the conflicts view wait for the agent: a held group is one. */
export function countConflicts(commands: readonly JournalledCommand[]): number {
  const others = commands.filter(
    ({ state }) => state === 'superseded' || state === 'refused',
  ).length;
  return heldGroups(commands).size + others;
}

/** What sends a held group anyway: one decision that names all of it, then the same again (S3). */
export function sendAnyway(group: readonly Command[]): Action[] {
  return [decision(group, 'replaced'), ...group.map((command) => command.action)];
}

export function discard(group: readonly Command[]): Action[] {
  return [decision(group, 'discarded')];
}

function decision(group: readonly Command[], as: 'replaced' | 'discarded'): Action {
  return { kind: 'decide', held: group.map((command) => ({ id: command.id, as })) };
}
