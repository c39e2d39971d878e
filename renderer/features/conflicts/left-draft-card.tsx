import type { DraftMode } from '../../../shared/bridge/drafts.ts';
import { draftsOf, dropDraft } from '../../store/drafts.ts';
import { draftPlace, draftedAction } from '../../store/left-drafts.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { SureButton } from '../../ui/sure-button.tsx';
import { actionWords } from '../../words.ts';
import { Card } from './card.tsx';
import { ownText } from './conflict-words.ts';
import { CopyButton, OwnText } from './own-words.tsx';
import styles from './conflicts.module.css';

/** Something begun on a ticket that is no longer here: to copy, or to throw away (S14, S17). */
export function LeftDraftCard({ ticketId, mode }: { ticketId: string; mode: DraftMode }) {
  const console = useConsole();
  const drafts = useConsoleState((state) => draftsOf(state.drafts, ticketId));
  const action = draftedAction(drafts, mode);
  if (action === null) return null;
  const text = ownText(action);
  return (
    <Card
      ticketId={ticketId}
      tag="draft"
      tone="plain"
      gone
      actions={
        <>
          <CopyButton actions={[action]} />
          <SureButton
            shortcut="x"
            question="Discard it?"
            onSure={() => {
              dropDraft(console, ticketId, draftPlace(mode));
            }}
          >
            Discard <Kbd keys="x" />
          </SureButton>
        </>
      }
    >
      <p className={styles['why']}>
        {actionWords[action.kind]}, begun and not sent. Its ticket is no longer on this machine.
      </p>
      {text !== null && <OwnText text={text} />}
    </Card>
  );
}
