import { isDeepStrictEqual } from 'node:util';
import type { Command, CommandDraft } from '../../shared/tickets/command.ts';

/** What agents were told of their changes: the measure of O1. */
export type Saved = {
  ask: (
    consoleId: string,
    drafts: readonly CommandDraft[],
  ) => { saved: (commands: readonly Command[]) => void; failed: () => void };
  dismissed: (commandId: string) => void;
  /** Taken back: for certain, or by a process that ended before it said so. */
  withdrawn: (commandId: string, isCertain: boolean) => void;
  /** It could not be taken back after all. */
  stays: (commandId: string) => void;
  /** The console's process ended: what it had not answered nobody knows. */
  ended: (consoleId: string) => void;
  /** Called saved. */
  commands: () => ReadonlyMap<string, Command>;
  isDismissed: (commandId: string) => boolean;
  isWithdrawn: (commandId: string) => 'yes' | 'no' | 'maybe';
  /** Neither called saved nor open to doubt: it must be nowhere. */
  mustNotBe: (command: Command) => boolean;
};

type Asked = {
  consoleId: string;
  drafts: readonly CommandDraft[];
  state: 'asked' | 'saved' | 'failed' | 'unknown';
};

export function savedCommands(): Saved {
  const commands = new Map<string, Command>();
  const dismissed = new Set<string>();
  const withdrawn = new Map<string, boolean>();
  const all: Asked[] = [];
  /** To dismiss a held change discards its group, of which nobody is told that it is saved. */
  const isDismissal = ({ action }: Command): boolean =>
    action.kind === 'decide' && action.held.some(({ id }) => dismissed.has(id));
  return {
    ask: (consoleId, drafts) => {
      const asked: Asked = { consoleId, drafts, state: 'asked' };
      all.push(asked);
      return {
        saved: (saved) => {
          asked.state = 'saved';
          for (const command of saved) commands.set(command.id, command);
        },
        failed: () => {
          asked.state = 'failed';
        },
      };
    },
    dismissed: (commandId) => {
      dismissed.add(commandId);
    },
    withdrawn: (commandId, isCertain) => {
      withdrawn.set(commandId, isCertain || withdrawn.get(commandId) === true);
    },
    stays: (commandId) => {
      if (withdrawn.get(commandId) === false) withdrawn.delete(commandId);
    },
    isWithdrawn: (commandId) => {
      const isCertain = withdrawn.get(commandId);
      if (isCertain === undefined) return 'no';
      return isCertain ? 'yes' : 'maybe';
    },
    ended: (consoleId) => {
      for (const asked of all.toReversed()) {
        if (asked.consoleId !== consoleId) continue;
        // It saved something after it had failed: it knows its file again.
        if (asked.state === 'saved') break;
        asked.state = 'unknown';
      }
    },
    commands: () => commands,
    isDismissed: (commandId) => dismissed.has(commandId),
    mustNotBe: (command) =>
      !commands.has(command.id) &&
      !isDismissal(command) &&
      !all.some(
        ({ state, consoleId, drafts }) =>
          state === 'unknown' &&
          consoleId === command.consoleId &&
          drafts.some(
            ({ ticketId, action }) =>
              ticketId === command.ticketId && isDeepStrictEqual(action, command.action),
          ),
      ),
  };
}
