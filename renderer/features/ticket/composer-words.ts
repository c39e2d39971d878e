import type { JournalledCommand } from '../../../shared/bridge/journal-view.ts';
import type { SyncStatus } from '../../../shared/bridge/sync-status.ts';
import type { ComposerMode } from '../../store/console-state.ts';
import { heldGroups } from '../../store/draft-command.ts';
import { timeOfDay, when } from '../../time-words.ts';

/** Does what is written now leave at once, as far as anyone can tell? */
export function goesOutNow(status: SyncStatus | null): boolean {
  return status?.connection === 'online';
}

/** What becomes of the text when the button is pressed; the truth, before it is pressed. */
export function fateWords(mode: ComposerMode, status: SyncStatus | null, now: number): string {
  const what = mode === 'reply' ? 'Goes to the customer' : 'Only your team sees this';
  if (status === null) return what;
  switch (status.connection) {
    case 'online':
      return what;
    case 'connecting':
      return `${what} once the desk answers`;
    case 'offline':
    case 'paused':
      return `Offline since ${when(status.sinceAt, now)}: ${
        mode === 'reply' ? 'goes out' : 'is shared'
      } when the desk is back`;
    case 'signed-out':
      return 'Signed out: it is kept here until you sign in';
    case 'revoked':
      return 'Your sign-in was taken away: it is kept here';
    case 'stopped':
      return 'Syncing stopped: it is kept here';
  }
}

export function sendWords(mode: ComposerMode, status: SyncStatus | null): string {
  if (mode === 'note') return 'Save note';
  return goesOutNow(status) ? 'Send reply' : 'Queue reply';
}

/** Said only when it is in the journal (S5). What becomes of it after that: followSaved. */
export function savedWords(mode: ComposerMode, now: number): string {
  return `${mode === 'note' ? 'Note' : 'Reply'} saved at ${timeOfDay(now)}`;
}

/** What was saved and what is said of it since. */
export type Saved = {
  commandId: string | null;
  words: string;
  /** It did not simply go out. */ astray: boolean;
};

/** What to say of it now; null once it was held or refused and that is dealt with. The same object: nothing new. */
export function followSaved(saved: Saved, commands: readonly JournalledCommand[]): Saved | null {
  const words = astrayWords(saved.commandId, commands);
  if (words === null) return saved.astray ? null : saved;
  return words === saved.words ? saved : { ...saved, words, astray: true };
}

function astrayWords(
  commandId: string | null,
  commands: readonly JournalledCommand[],
): string | null {
  const found = commands.find(({ command }) => command.id === commandId);
  if (found === undefined) return null;
  switch (found.state) {
    case 'held': {
      const group = heldGroups(commands).get(found.command.ticketId) ?? [];
      return group.includes(found.command) ? 'Held: see Conflicts' : null;
    }
    case 'superseded':
    case 'refused':
      return 'Not taken by the desk: see Conflicts';
    case 'queued':
    case 'sent':
    case 'accepted':
      return null;
  }
}
