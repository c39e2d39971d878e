import type { FileDraft } from '../store/console-state.ts';
import { classes } from '../ui/classes.ts';
import { AttachButton } from './attach-button.tsx';
import { AttachedFiles } from './attached-files.tsx';
import styles from './files.module.css';
import { useFileDrop } from './use-file-drop.ts';

/** Files of a form: the button, what is attached, and a place to drop on or paste into (S16). */
export function FormFiles({ ticketId, kind }: { ticketId: string; kind: FileDraft }) {
  const drop = useFileDrop(ticketId, kind);
  return (
    <div
      className={classes(styles['form'], drop.isOver && styles['over'])}
      role="group"
      aria-label="Files"
      {...drop.props}
    >
      <AttachButton ticketId={ticketId} kind={kind} />
      <AttachedFiles ticketId={ticketId} kind={kind} />
    </div>
  );
}
