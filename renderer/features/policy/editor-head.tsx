import { switchPolicyMode } from '../../store/policy-draft.ts';
import type { PolicyDraft } from '../../store/policy-edit.ts';
import { useConsole } from '../../store/use-console.ts';
import { Choices } from '../../ui/choices.tsx';
import styles from './policy-page.module.css';

/** What is edited, and as what. */
export function EditorHead({ draft, canShowForm }: { draft: PolicyDraft; canShowForm: boolean }) {
  const console = useConsole();
  return (
    <header className={styles['head']}>
      <div className={styles['words']}>
        <h1 className={styles['title']}>Edit the support policy</h1>
        <p className={styles['lead']}>
          {canShowForm
            ? `Began with rules ${draft.baseRules}. Nothing changes for anyone before you save.`
            : 'The form cannot show this text: mend its faults first, or discard.'}
        </p>
      </div>
      <Choices
        legend="Edit as"
        value={draft.mode}
        choices={[
          { value: 'form', label: 'Form', disabled: !canShowForm },
          { value: 'text', label: 'Text' },
        ]}
        onChange={(mode) => {
          switchPolicyMode(console, mode);
        }}
      />
    </header>
  );
}
