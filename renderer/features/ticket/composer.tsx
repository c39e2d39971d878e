import { useState } from 'react';
import type { ReactNode } from 'react';
import { isOpen } from '../../../shared/tickets/fields.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { carried } from '../../../shared/tickets/attachment.ts';
import { AttachButton } from '../../files/attach-button.tsx';
import { AttachedFiles } from '../../files/attached-files.tsx';
import { useFileDrop } from '../../files/use-file-drop.ts';
import { ActionButton } from '../../marks/action-button.tsx';
import { ForeignLine } from '../../marks/foreign-line.tsx';
import { useOneAtATime } from '../../marks/use-one-at-a-time.ts';
import { plainLine } from '../../plain-line.ts';
import type { ComposerMode } from '../../store/console-state.ts';
import { machineNow } from '../../store/desk-clock.ts';
import { draftKey } from '../../store/draft-keeper.ts';
import { draftSign } from '../../store/draft-texts.ts';
import { comingFiles, isComing } from '../../store/attach-files.ts';
import { draftFiles, draftsOf, dropDraft, keepDraft } from '../../store/drafts.ts';
import { focusOn, useFocusTarget } from '../../store/focus.ts';
import { submit } from '../../store/submit.ts';
import { undoLast } from '../../store/undo-last.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { TextArea } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { fateWords, followSaved, savedWords, sendWords } from './composer-words.ts';
import type { Saved } from './composer-words.ts';
import { useOthers } from './use-others.ts';
import styles from './composer.module.css';

type Fate =
  { kind: 'writing' | 'saving' } | { kind: 'failed'; words: string } | ({ kind: 'saved' } & Saved);

/** Where an agent writes: to the customer, or for the team; the two look different. */
export function Composer({ head }: { head: TicketHead }) {
  const console = useConsole();
  const mode = useConsoleState((state) => state.composer);
  const text = useConsoleState((state) => draftsOf(state.drafts, head.id)[mode] ?? '');
  const status = useConsoleState((state) => state.status);
  const commands = useConsoleState((state) => state.commands);
  const [fate, setFate] = useState<Fate>({ kind: 'writing' });
  if (fate.kind === 'saved') {
    const now = followSaved(fate, commands);
    if (now !== fate) setFate(now === null ? { kind: 'writing' } : { ...now, kind: 'saved' });
  }
  const ref = useFocusTarget<HTMLTextAreaElement>('composer');
  const { run } = useOneAtATime();
  const empty = text.trim() === '';
  const contact = plainLine(head.customer.contact);
  const { crossing } = useOthers(head.id);
  const isCrossing = mode === 'reply' && crossing !== null;
  const drop = useFileDrop(head.id, mode);

  async function send(): Promise<void> {
    // As it is now, not as it was drawn: a second key may come before the next drawing.
    const { drafts, comingFiles: coming } = console.state.getState();
    const written = draftsOf(drafts, head.id)[mode] ?? '';
    if (written.trim() === '') return;
    if (isComing(comingFiles(coming, head.id, mode))) {
      setFate({ kind: 'failed', words: 'A file is still being added.' });
      return;
    }
    setFate({ kind: 'saving' });
    const files = carried({ attachments: draftFiles(drafts, head.id, mode) });
    const saved = await submit(console, head.id, [{ kind: mode, text: written, ...files }]);
    // Only now is it in the journal; a text that could not be saved stays where it is (S5).
    if (!saved.ok) {
      setFate({ kind: 'failed', words: saved.error });
      return;
    }
    dropDraft(console, head.id, mode);
    setFate({
      kind: 'saved',
      commandId: saved.value[0]?.id ?? null,
      words: savedWords(mode, machineNow()),
      astray: false,
    });
  }

  return (
    <section
      className={classes(
        styles['composer'],
        mode === 'note' && styles['note'],
        isCrossing && styles['crossing'],
        drop.isOver && styles['over'],
      )}
      aria-label={mode === 'reply' ? 'Reply to the customer' : 'Internal note'}
      {...drop.props}
    >
      <div className={styles['top']}>
        <div className={styles['tabs']} role="tablist" aria-label="What to write">
          <Tab
            mode="reply"
            title={`Reply to ${contact}`}
            label={
              <>
                Reply to <ForeignLine text={head.customer.contact} />
              </>
            }
            keys="r"
          />
          <Tab mode="note" label="Internal note" title="Internal note" keys="n" />
        </div>
        <div className={styles['instead']}>
          {head.unanswered !== null && (
            <ActionButton action="no-reply" label="No reply needed" look="link" />
          )}
          {isOpen(head.status.value) && <ActionButton action="data-request" look="link" />}
        </div>
      </div>
      <p className={styles['warning']} role="status">
        {isCrossing && <ForeignLine text={crossing} />}
      </p>
      <TextArea
        ref={ref}
        bare
        rows={2}
        aria-label={mode === 'reply' ? `Reply to ${contact}` : 'Internal note'}
        placeholder={mode === 'reply' ? 'Write to the customer' : 'Write for the team'}
        dir="auto"
        value={text}
        readOnly={fate.kind === 'saving'}
        onFocus={() => {
          console.state.setState({ writing: head.id });
        }}
        onBlur={() => {
          console.state.setState({ writing: null });
        }}
        onChange={(event) => {
          keepDraft(console, head.id, { [mode]: event.target.value });
          if (fate.kind !== 'writing') setFate({ kind: 'writing' });
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            run(send);
          } else if (event.key === 'z' && (event.ctrlKey || event.metaKey) && text === '') {
            // Nothing typed to undo: then it is what was sent last (S17).
            event.preventDefault();
            undoLast(console);
          } else if (event.key === 'Escape') {
            event.stopPropagation();
            focusOn(console, 'list');
          }
        }}
      />
      <AttachedFiles ticketId={head.id} kind={mode} />
      <div className={styles['foot']}>
        <AttachButton ticketId={head.id} kind={mode} />
        <DraftMark ticketId={head.id} mode={mode} />
        <span
          className={classes(styles['truth'], fate.kind === 'failed' && styles['error'])}
          role="status"
        >
          {(fate.kind === 'saved' && empty) || fate.kind === 'failed'
            ? fate.words
            : fateWords(mode, status, machineNow())}
        </span>
        <Button
          look="primary"
          aria-disabled={empty || fate.kind === 'saving'}
          onClick={() => {
            run(send);
          }}
        >
          {fate.kind === 'saving' ? 'Saving' : sendWords(mode, status)}
          <span>
            <Kbd keys="Ctrl" inverse /> <Kbd keys="↵" inverse />
          </span>
        </Button>
      </div>
    </section>
  );
}

/** Whether what is typed is on the disk (S17). Not spoken: it changes with every pause. */
function DraftMark({ ticketId, mode }: { ticketId: string; mode: ComposerMode }) {
  const fate = useConsoleState((state) => state.draftFates[draftKey(ticketId, mode)]);
  const begun = useConsoleState((state) => draftSign(state.drafts[ticketId], mode) !== '');
  if (fate?.kind === 'failed')
    return (
      <span className={styles['error']} role="alert">
        Draft not kept: {fate.words}
      </span>
    );
  if (!begun) return null;
  return <span className={styles['draft']}>{fate === undefined ? 'Draft' : 'Draft saved'}</span>;
}

function Tab({
  mode,
  label,
  title,
  keys,
}: {
  mode: ComposerMode;
  label: ReactNode;
  /** The whole label, which may not fit. */
  title: string;
  keys: string;
}) {
  const console = useConsole();
  const chosen = useConsoleState((state) => state.composer === mode);
  return (
    <button
      type="button"
      role="tab"
      className={styles['tab']}
      aria-selected={chosen}
      title={title}
      onClick={() => {
        console.state.setState({ composer: mode });
        focusOn(console, 'composer');
      }}
    >
      <span className={styles['label']}>{label}</span> {!chosen && <Kbd keys={keys} />}
    </button>
  );
}
