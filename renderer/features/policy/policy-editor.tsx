import type { CompiledPolicy } from '../../../shared/policy/compiled-policy.ts';
import { changePolicyForm } from '../../store/policy-draft.ts';
import type { PolicyDraft } from '../../store/policy-edit.ts';
import { readDraft } from '../../store/read-policy-draft.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { classes } from '../../ui/classes.ts';
import { ChangesCard } from './changes-card.tsx';
import { EditContacts } from './edit-contacts.tsx';
import { EditRules } from './edit-rules.tsx';
import { EditSeverities } from './edit-severities.tsx';
import { EditShifts } from './edit-shifts.tsx';
import { EditText } from './edit-text.tsx';
import { EditTime } from './edit-time.tsx';
import { EditorFoot } from './editor-foot.tsx';
import { EditorHead } from './editor-head.tsx';
import styles from './editor.module.css';
import { EffectCard } from './effect-card.tsx';
import { FormContext } from './form-context.ts';
import { KeptEditCard } from './kept-edit-card.tsx';
import { NewerRules } from './newer-rules.tsx';

/** Changing the policy: the form or its text, what that changes, and what it would do to the open tickets. */
export function PolicyEditor({ policy, draft }: { policy: CompiledPolicy; draft: PolicyDraft }) {
  const console = useConsole();
  const said = useConsoleState((state) => state.policyEdit.said);
  const saving = useConsoleState((state) => state.policyEdit.busy === 'save');
  const reading = readDraft(draft, console.clock.now());
  // What the desk found holds for exactly the document that it was asked about.
  const faults = said?.kind === 'faults' && said.key === reading.key ? said.faults : reading.faults;
  return (
    <>
      <EditorHead draft={draft} canShowForm={reading.form !== null} />
      <div className={styles['body']}>
        <div className={classes(styles['edit'], draft.mode === 'text' && styles['asText'])}>
          <NewerRules policy={policy} draft={draft} documentKey={reading.key} />
          <KeptEditCard />
          {/* What is being saved must not change under way. */}
          <fieldset className={styles['controls']} disabled={saving} aria-label="Settings">
            {draft.mode === 'text' ? (
              <EditText text={draft.text} reading={{ ...reading, faults }} />
            ) : (
              <FormContext
                value={{
                  form: draft.form,
                  faults,
                  change: (change) => {
                    changePolicyForm(console, change);
                  },
                }}
              >
                <EditTime />
                <EditSeverities />
                <EditRules />
                <EditContacts />
                <EditShifts />
              </FormContext>
            )}
          </fieldset>
        </div>
        <aside className={styles['side']} aria-label="Your edit">
          <ChangesCard base={draft.base} form={reading.form} />
          <EffectCard documentKey={reading.key} />
        </aside>
      </div>
      <EditorFoot policy={policy} draft={draft} reading={reading} faults={faults} />
    </>
  );
}
