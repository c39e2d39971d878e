import { X } from 'lucide-react';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import { judgeName } from '../../shared/tickets/content-type.ts';
import { ForeignLine } from '../marks/foreign-line.tsx';
import { plainLine } from '../plain-line.ts';
import { comingFiles, dismissComing, removeFile } from '../store/attach-files.ts';
import type { ComingFile, FileDraft } from '../store/console-state.ts';
import { draftFiles } from '../store/drafts.ts';
import { useConsole, useConsoleState } from '../store/use-console.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { FileIcon } from './file-icon.tsx';
import { comingWords, shortWarning, sizeWords } from './file-words.ts';
import styles from './files.module.css';

/** The files of a draft: what is attached, what is on its way, what could not be taken (S16). */
export function AttachedFiles({ ticketId, kind }: { ticketId: string; kind: FileDraft }) {
  const files = useConsoleState((state) => draftFiles(state.drafts, ticketId, kind));
  const coming = useConsoleState((state) => comingFiles(state.comingFiles, ticketId, kind));
  if (files.length === 0 && coming.length === 0) return null;
  return (
    <ul className={styles['attached']} aria-label="Attached files">
      {files.map((file) => (
        <Attached key={`${file.hash} ${file.name}`} {...{ file, ticketId, kind }} />
      ))}
      {coming.map((file) => (
        <Coming key={file.id} {...{ file, ticketId, kind }} />
      ))}
    </ul>
  );
}

type Place = { ticketId: string; kind: FileDraft };

function Attached({ file, ticketId, kind }: Place & { file: Attachment }) {
  const console = useConsole();
  const risk = shortWarning(judgeName(file.name, file.type));
  return (
    <li className={styles['chip']}>
      <FileIcon type={file.type} risky={risk !== null} />
      <Name name={file.name} />
      <span className={styles['size']}>{sizeWords(file.size)}</span>
      {risk !== null && <span className={styles['risky']}>{risk}</span>}
      <Remove
        label={`Remove ${plainLine(file.name)}`}
        onClick={() => {
          removeFile(console, ticketId, kind, file);
        }}
      />
    </li>
  );
}

function Coming({ file, ticketId, kind }: Place & { file: ComingFile }) {
  const console = useConsole();
  const failed = file.fault !== null;
  return (
    <li className={classes(styles['chip'], failed ? styles['failed'] : styles['coming'])}>
      <Name name={file.name} />
      {failed ? (
        <span role="alert">{file.fault}</span>
      ) : (
        <progress
          className={styles['progress']}
          aria-label={`Adding ${plainLine(file.name)}: ${comingWords(file.done, file.size)}`}
          value={file.done}
          max={file.size}
        />
      )}
      <Remove
        label={`${failed ? 'Dismiss' : 'Cancel'} ${plainLine(file.name)}`}
        onClick={() => {
          dismissComing(console, ticketId, kind, file.id);
        }}
      />
    </li>
  );
}

function Name({ name }: { name: string }) {
  return (
    <span className={styles['name']} title={plainLine(name)}>
      <ForeignLine text={name} />
    </span>
  );
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button
      look="quiet"
      className={styles['remove']}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <X size={13} aria-hidden="true" />
    </Button>
  );
}
