import { copyAndSay } from '../../store/copy-text.ts';
import { focusOn } from '../../store/focus.ts';
import { dropKeptEdit, mayEditPolicy, takeKeptEdit } from '../../store/policy-draft.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { SureButton } from '../../ui/sure-button.tsx';
import styles from './banner.module.css';

/** An edit that was put aside for newer rules. It stays until its author throws it away. */
export function KeptEditCard() {
  const console = useConsole();
  const kept = useConsoleState((state) => state.policyEdit.kept);
  const mayEdit = useConsoleState((state) => mayEditPolicy(state.agent));
  if (kept === null) return null;
  return (
    <section className={styles['banner']} aria-label="Your edit, put aside">
      <p>Your edit of rules {kept.baseRules} is kept here.</p>
      <SureButton
        question="Throw all of it away?"
        onSure={() => {
          dropKeptEdit(console);
          focusOn(console, 'page');
        }}
      >
        Throw away
      </SureButton>
      <Button
        onClick={() => {
          copyAndSay(console, kept.text, 'Your edit');
        }}
      >
        Copy as JSON
      </Button>
      {mayEdit && (
        <Button
          title="The changes then show what it would do to the rules in force now"
          onClick={() => {
            takeKeptEdit(console);
            focusOn(console, 'page');
          }}
        >
          Put it in the editor
        </Button>
      )}
      <div>
        <details>
          <summary>Show its text</summary>
          <pre tabIndex={0}>{kept.text}</pre>
        </details>
      </div>
    </section>
  );
}
