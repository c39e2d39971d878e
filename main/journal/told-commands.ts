import type { BridgeEvent } from '../../shared/bridge/events.ts';
import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import type { JournalState, KeptCommand } from './journal-state.ts';
import { isShown, shownCommand, shownCommands } from './pending.ts';

/** What a page knows of the journal, so that it is told only what is new to it. */
export type ToldCommands = {
  /** All that the journal shows: for a page that knows nothing yet. */
  all: (state: JournalState) => JournalledCommand[];
  /** What became of commands since the last word; null where nothing did. */
  changes: (state: JournalState) => BridgeEvent<'commands.changed'> | null;
};

export function toldCommands(): ToldCommands {
  // The fold never changes what it keeps of a command, it makes a new one: the same object is nothing new.
  let told = new Map<string, KeptCommand>();

  return {
    all: (state) => {
      told = new Map([...state.commands].filter(([, kept]) => isShown(kept)));
      return shownCommands(state);
    },
    changes: (state) => {
      const changed: JournalledCommand[] = [];
      for (const [id, kept] of state.commands) {
        if (!isShown(kept) || told.get(id) === kept) continue;
        told.set(id, kept);
        changed.push(shownCommand(kept));
      }
      const removed = [...told.keys()].filter((id) => {
        const kept = state.commands.get(id);
        return kept === undefined || !isShown(kept);
      });
      for (const id of removed) told.delete(id);
      return changed.length === 0 && removed.length === 0 ? null : { changed, removed };
    },
  };
}
