import type { Entry } from '../../shared/tickets/entry.ts';
import type { Command } from '../../shared/tickets/command.ts';
import type { DeskApi } from '../e2e/harness/team-desk.ts';
import type { JournalLine } from './console-messages.ts';

/** What consoles were told is saved, to be held against the desk. */
export type Promises = {
  /** `console` says that these are saved. */
  saved: (commands: readonly Command[]) => void;
  count: () => number;
  /**
   * What is wrong once everything has drained: lost, applied twice, out of order, or made by nobody. `journals` are
   * the journals of the consoles as they stand now.
   */
  broken: (api: DeskApi, journals: readonly (readonly JournalLine[])[]) => Promise<string[]>;
};

export function promises(): Promises {
  const kept = new Map<string, Command>();
  return {
    saved: (commands) => {
      for (const command of commands) kept.set(command.id, command);
    },
    count: () => kept.size,
    broken: async (api, journals) => {
      const faults: string[] = [];
      const journal = new Map(journals.flat().map((line) => [line.id, line]));
      const ticketIds = new Set([...journal.values()].map(({ ticketId }) => ticketId));
      for (const { ticketId } of kept.values()) ticketIds.add(ticketId);
      const entries: Entry[] = [];
      for (const id of ticketIds) entries.push(...(await api.ticket(id)).entries);
      const byCommand = Map.groupBy(entries, ({ commandId }) => commandId ?? '');

      for (const command of kept.values()) {
        const line = journal.get(command.id);
        const found = byCommand.get(command.id)?.length ?? 0;
        if (line === undefined) faults.push(`${command.id} was saved and is not in the journal`);
        else if (line.outcome === null) faults.push(`${command.id} is not decided on`);
        if (isAppended(command) && found !== 1)
          faults.push(`${command.action.kind} ${command.id} is on the desk ${found} times`);
      }
      for (const [commandId, list] of byCommand) {
        const line = journal.get(commandId);
        if (commandId === '' || line === undefined) continue;
        if (new Set(list.map(({ id }) => id)).size !== list.length)
          faults.push(`${commandId} is on the desk twice`);
        if (line.outcome !== 'applied' && line.outcome !== 'merged')
          faults.push(`${commandId} had an effect and is ${line.outcome ?? 'not decided on'}`);
      }
      faults.push(...outOfOrder(entries, journal));
      faults.push(...unknownAuthors(entries, journal, kept));
      return faults;
    },
  };
}

/** What cannot be refused on an open ticket, and always leaves an entry. */
function isAppended({ action }: Command): boolean {
  return action.kind === 'note' || action.kind === 'reply' || action.kind === 'escalate';
}

/** Per console and ticket, what was done earlier stands earlier (S2). */
function outOfOrder(
  entries: readonly Entry[],
  journal: ReadonlyMap<string, JournalLine>,
): string[] {
  const last = new Map<string, number>();
  const faults: string[] = [];
  for (const { commandId, ticketId } of entries.toSorted((a, b) => a.version - b.version)) {
    const line = journal.get(commandId ?? '');
    if (line === undefined) continue;
    const place = `${line.consoleId} ${ticketId}`;
    if ((last.get(place) ?? 0) > line.seq) faults.push(`${line.id} came too late on its ticket`);
    last.set(place, line.seq);
  }
  return faults;
}

/** Every entry of a command must come from a command that a console made. */
function unknownAuthors(
  entries: readonly Entry[],
  journal: ReadonlyMap<string, JournalLine>,
  kept: ReadonlyMap<string, Command>,
): string[] {
  return entries.flatMap(({ commandId, body }) =>
    commandId === null || journal.has(commandId) || kept.has(commandId) || !isOurs(body)
      ? []
      : [`${commandId} is on the desk and nobody made it`],
  );
}

/** Texts of the tests begin so; the demo's own never do. */
export const OUR_MARK = 'chaos ';
function isOurs(body: Entry['body']): boolean {
  return 'text' in body && body.text.startsWith(OUR_MARK);
}
