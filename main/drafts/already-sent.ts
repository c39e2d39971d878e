import type { KeptDraft } from '../../shared/bridge/drafts.ts';
import type { Command } from '../../shared/tickets/command.ts';

/**
 * A crash between two steps can leave words twice: as a saved command, and as the draft they were written in or that
 * they went back to. At the next start the command stands, and the draft keeps only what is not in it (S17).
 *
 * Gives the text that is left; empty where all of it is in a command.
 */
export function notInCommands(draft: KeptDraft, commands: Iterable<Command>): string {
  for (const command of commands) {
    if (command.ticketId !== draft.ticketId) continue;
    const { action } = command;
    if (action.kind !== draft.mode || (action.kind !== 'reply' && action.kind !== 'note')) continue;
    // Saved as a command, and ended before the draft was thrown away.
    if (action.text === draft.text && command.writtenAt >= draft.savedAt) return '';
    // Put back, and ended before the command was taken back.
    if (command.id === draft.takenBack && draft.text.startsWith(action.text))
      return draft.text.slice(action.text.length).replace(/^\n+/, '');
  }
  return draft.text;
}
