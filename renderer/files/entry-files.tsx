import { useState } from 'react';
import type { BlobPreview } from '../../shared/bridge/blobs.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import { isImage, judgeName } from '../../shared/tickets/content-type.ts';
import { agentWords } from '../bridge/agent-words.ts';
import { ForeignLine } from '../marks/foreign-line.tsx';
import { useOneAtATime } from '../marks/use-one-at-a-time.ts';
import { plainLine } from '../plain-line.ts';
import { useConsole, useConsoleState } from '../store/use-console.ts';
import { Button } from '../ui/button.tsx';
import { FileIcon } from './file-icon.tsx';
import { FilePreview } from './file-preview.tsx';
import { shortWarning, sizeWords, uploadWords, warningWords } from './file-words.ts';
import styles from './files.module.css';

/** The files of an entry (S16). Nothing of them is fetched before somebody asks. */
export function EntryFiles({
  files,
  ticketId,
}: {
  files: readonly Attachment[];
  ticketId: string;
}) {
  if (files.length === 0) return null;
  return (
    <ul className={styles['files']} aria-label="Files">
      {files.map((file, index) => (
        // They never change places, and one may be there twice.
        <li key={index}>
          <EntryFile file={file} ticketId={ticketId} />
        </li>
      ))}
    </ul>
  );
}

type Said = { tone: 'plain' | 'warning' | 'error'; words: string };

function EntryFile({ file, ticketId }: { file: Attachment; ticketId: string }) {
  const console = useConsole();
  const upload = useConsoleState((state) => state.uploads[file.hash]);
  const [preview, setPreview] = useState<BlobPreview | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [warned, setWarned] = useState(false);
  const { busy, run } = useOneAtATime();
  const { hash, size, name } = file;
  const blob = { hash, size, name, ticketId };
  const plain = plainLine(name);
  // By what its sender's console said: what is shown hangs on the content alone, and a warning is no less true.
  const risk = shortWarning(judgeName(name, file.type));
  const canShow = isImage(file.type) || file.type.startsWith('text/');

  async function show(): Promise<void> {
    setSaid(null);
    const opened = await console.bridge.call('blob.open', blob);
    if (!opened.ok) {
      setSaid({ tone: 'error', words: agentWords(opened.error) });
      return;
    }
    const warning = warningWords(opened.value);
    if (opened.value.kind !== 'none') setPreview(opened.value);
    else setSaid({ tone: 'plain', words: hiddenWords(opened.value.why) });
    if (warning !== null) setSaid({ tone: 'warning', words: warning });
  }

  async function save(): Promise<void> {
    setSaid(null);
    const saved = await console.bridge.call('blob.save', { ...blob, warned });
    setWarned(false);
    if (!saved.ok) {
      setSaid({ tone: 'error', words: agentWords(saved.error) });
      return;
    }
    if (saved.value.kind === 'saved') setSaid({ tone: 'plain', words: 'Saved.' });
    if (saved.value.kind !== 'warn') return;
    setWarned(true);
    setSaid({ tone: 'warning', words: warningWords(saved.value) ?? 'Look at it first.' });
  }

  return (
    <div className={styles['file']}>
      <div className={styles['line']}>
        <FileIcon type={file.type} risky={risk !== null} />
        <span className={styles['name']} title={plain}>
          <ForeignLine text={name} />
        </span>
        <span className={styles['size']}>{sizeWords(size)}</span>
        {risk !== null && <span className={styles['risky']}>{risk}</span>}
        <span className={styles['upload']}>{uploadWords(upload)}</span>
        {canShow && (
          <Button
            look="link"
            aria-label={`${preview === null ? 'Show' : 'Hide'} ${plain}`}
            aria-expanded={preview !== null}
            aria-disabled={busy}
            onClick={() => {
              if (preview === null) run(show);
              else setPreview(null);
            }}
          >
            {preview === null ? 'Show' : 'Hide'}
          </Button>
        )}
        <Button
          look={warned ? 'danger' : 'link'}
          aria-label={`${warned ? 'Save anyway' : 'Save'} ${plain}`}
          aria-disabled={busy}
          onBlur={() => {
            setWarned(false);
          }}
          onClick={() => {
            run(save);
          }}
        >
          {warned ? 'Save anyway' : 'Save …'}
        </Button>
      </div>
      <div role="status" className={styles[said?.tone ?? 'plain']}>
        {busy && said === null ? 'One moment …' : said?.words}
      </div>
      {preview !== null && preview.kind !== 'none' && (
        <FilePreview preview={preview} name={plain} />
      )}
    </div>
  );
}

function hiddenWords(why: Extract<BlobPreview, { kind: 'none' }>['why']): string {
  return why === 'too-large'
    ? 'It is too large to be shown here. Save it to look at it.'
    : 'It cannot be shown here. Save it to look at it.';
}
