import type { CompiledPolicy } from '../../../shared/policy/compiled-policy.ts';
import { useAgentName } from '../../marks/use-agent-name.ts';
import { focusOn } from '../../store/focus.ts';
import { discardPolicyEdit, loadNewerPolicy } from '../../store/policy-draft.ts';
import type { PolicyDraft } from '../../store/policy-edit.ts';
import { documentKey as keyOf } from '../../store/read-policy-draft.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import styles from './banner.module.css';

/** Somebody else saved rules since this edit began: nobody's change is overwritten unseen. */
export function NewerRules({
  policy,
  draft,
  documentKey,
}: {
  policy: CompiledPolicy;
  draft: PolicyDraft;
  documentKey: string | null;
}) {
  const console = useConsole();
  const said = useConsoleState((state) => state.policyEdit.outdatedBy);
  const saving = useConsoleState((state) => state.policyEdit.busy === 'save');
  const by = useAgentName(policy.agentId);
  const isHere = policy.rules > draft.baseRules;
  if (saving || (!isHere && said === null)) return null;
  if (isHere && documentKey === keyOf(policy.document))
    return (
      <div className={styles['banner']} role="status">
        <p>Rules {policy.rules} are in force, and they are exactly your edit.</p>
        <Button
          onClick={() => {
            discardPolicyEdit(console);
            focusOn(console, 'page');
          }}
        >
          Done
        </Button>
      </div>
    );
  return (
    <div className={styles['banner']} role="status">
      <p>
        {isHere
          ? `${by ?? 'Someone'} saved rules ${policy.rules} meanwhile; your edit began with rules ${draft.baseRules}.`
          : `Someone saved rules ${said ?? ''} meanwhile. They are on their way here.`}{' '}
        To go on, load them. What you edited is kept beside them as text.
      </p>
      <Button
        aria-disabled={!isHere}
        onClick={() => {
          if (!isHere) return;
          loadNewerPolicy(console);
          focusOn(console, 'page');
        }}
      >
        Load rules {isHere ? policy.rules : (said ?? '')}
      </Button>
    </div>
  );
}
