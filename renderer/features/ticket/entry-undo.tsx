import type { Entry } from '../../../shared/tickets/entry.ts';
import { takeBackCommand, undoChange } from '../../store/undo-last.ts';
import { stillStands } from '../../store/undo.ts';
import { useConsole, useConsoleState, useTicket } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import styles from './timeline.module.css';

/** Takes back what waits here and nobody has yet (S17). */
export function TakeBack({ entry }: { entry: Entry }) {
  const console = useConsole();
  const queued = useConsoleState(
    (state) =>
      state.commands.find((each) => each.state === 'queued' && each.command.id === entry.commandId)
        ?.command,
  );
  if (queued === undefined) return null;
  return (
    <Button
      look="link"
      className={styles['undo']}
      onClick={() => {
        takeBackCommand(console, queued);
      }}
    >
      Take back
    </Button>
  );
}

/** Brings back what stood before an own change, as long as that is what stands (S17). */
export function UndoChange({ entry }: { entry: Entry }) {
  const console = useConsole();
  const meId = useConsoleState((state) => state.agent?.id);
  const shown = useTicket(entry.ticketId)?.shown;
  const { author, body, commandId } = entry;
  const isOwn = author.kind === 'agent' && author.id === meId;
  if (shown === undefined || !isOwn || body.kind !== 'change' || commandId === null) return null;
  if (!stillStands(body, commandId, shown)) return null;
  return (
    <Button
      look="link"
      className={styles['undo']}
      onClick={() => {
        undoChange(console, entry.ticketId, commandId, body);
      }}
    >
      Undo
    </Button>
  );
}
