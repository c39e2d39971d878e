import type { DocumentFault } from '../../../shared/policy/check-document.ts';
import type { CompiledPolicy } from '../../../shared/policy/compiled-policy.ts';
import { previewPolicy, savePolicy } from '../../store/ask-policy.ts';
import { copyAndSay } from '../../store/copy-text.ts';
import { discardPolicyEdit, mayEditPolicy } from '../../store/policy-draft.ts';
import type { PolicyDraft } from '../../store/policy-edit.ts';
import { draftText } from '../../store/read-policy-draft.ts';
import type { DraftReading } from '../../store/read-policy-draft.ts';
import { focusOn } from '../../store/focus.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { SureButton } from '../../ui/sure-button.tsx';
import { FaultList } from './fault-list.tsx';
import styles from './editor-foot.module.css';
import { footState } from './foot-state.ts';

/** What is wrong, what comes next, and the ways out of the editor. */
export function EditorFoot({
  policy,
  draft,
  reading,
  faults,
}: {
  policy: CompiledPolicy;
  draft: PolicyDraft;
  reading: DraftReading;
  faults: readonly DocumentFault[];
}) {
  const console = useConsole();
  const edit = useConsoleState((state) => state.policyEdit);
  const connection = useConsoleState((state) => state.status?.connection);
  const mayEdit = useConsoleState((state) => mayEditPolicy(state.agent));
  const { words, isProblem, isChanged, canPreview, canSave } = footState({
    edit,
    policy,
    draft,
    reading,
    isOnline: connection === 'online',
    mayEdit,
  });
  function close(): void {
    discardPolicyEdit(console);
    focusOn(console, 'page');
  }
  return (
    <footer className={styles['foot']}>
      <FaultList faults={faults} syntax={reading.syntax} />
      <div className={styles['bar']}>
        {isChanged ? (
          <SureButton question="Discard all of it?" disabled={edit.busy === 'save'} onSure={close}>
            Discard
          </SureButton>
        ) : (
          <Button onClick={close}>Close</Button>
        )}
        <p className={isProblem ? styles['problem'] : styles['words']} role="status">
          {words}
        </p>
        <Button
          look="quiet"
          onClick={() => {
            copyAndSay(console, draftText(draft), 'Your edit');
          }}
        >
          Copy as JSON
        </Button>
        <Button
          aria-disabled={!canPreview}
          onClick={() => {
            if (canPreview) void previewPolicy(console);
          }}
        >
          {edit.busy === 'preview' ? 'Previewing…' : 'Preview'}
        </Button>
        <Button
          look="primary"
          aria-disabled={!canSave}
          onClick={() => {
            if (canSave) void savePolicy(console);
          }}
        >
          {edit.busy === 'save' ? 'Saving…' : 'Save'}
        </Button>
      </div>
    </footer>
  );
}
