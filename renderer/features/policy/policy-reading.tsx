import { Copy, Pencil } from 'lucide-react';
import type { CompiledPolicy } from '../../../shared/policy/compiled-policy.ts';
import { useAgentName } from '../../marks/use-agent-name.ts';
import { copyAndSay } from '../../store/copy-text.ts';
import { focusOn } from '../../store/focus.ts';
import { beginPolicyEdit, mayEditPolicy } from '../../store/policy-draft.ts';
import { documentText } from '../../store/read-policy-draft.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { fullTime } from '../../time-words.ts';
import { Button } from '../../ui/button.tsx';
import { pageWords } from '../../view-words.ts';
import { KeptEditCard } from './kept-edit-card.tsx';
import styles from './policy-page.module.css';
import { ReadPeople } from './read-people.tsx';
import { ReadRules } from './read-rules.tsx';
import { ReadSeverities } from './read-severities.tsx';
import { ReadTime } from './read-time.tsx';

/** The document in force, in plain words. All of it is in this console: it needs no desk. */
export function PolicyReading({ policy }: { policy: CompiledPolicy }) {
  const console = useConsole();
  const mayEdit = useConsoleState((state) => mayEditPolicy(state.agent));
  const savedRules = useConsoleState((state) => state.policyEdit.savedRules);
  const by = useAgentName(policy.agentId);
  const { document } = policy;
  return (
    <>
      <header className={styles['head']}>
        <div className={styles['words']}>
          <h1 className={styles['title']}>{pageWords.policy}</h1>
          <p className={styles['lead']}>
            Rules {policy.rules}, in force since {fullTime(policy.rulesAt)}
            {policy.agentId !== null
              ? `, saved by ${by ?? policy.agentId}`
              : policy.rules === 1
                ? '; the desk began with them'
                : ', set at the desk itself'}
          </p>
          <p className={styles['note']} role="status">
            {savedRules !== null && savedRules > policy.rules
              ? `Rules ${savedRules} are saved and on their way here.`
              : ''}
          </p>
          {!mayEdit && <ReadOnlyNote />}
        </div>
        <div className={styles['actions']}>
          <Button
            onClick={() => {
              copyAndSay(console, documentText(document), 'The policy');
            }}
          >
            <Copy size={14} aria-hidden="true" /> Copy as JSON
          </Button>
          {mayEdit && (
            <Button
              look="primary"
              onClick={() => {
                beginPolicyEdit(console);
                focusOn(console, 'page');
              }}
            >
              <Pencil size={14} aria-hidden="true" /> Edit
            </Button>
          )}
        </div>
      </header>
      <div className={styles['scroll']} tabIndex={0} role="group" aria-label="The rules in force">
        <div className={styles['column']}>
          <KeptEditCard />
          <ReadTime document={document} />
          <ReadSeverities document={document} />
          <ReadRules document={document} />
          <ReadPeople document={document} />
        </div>
      </div>
    </>
  );
}

/** Why there is no way to edit, and who has one. */
function ReadOnlyNote() {
  const agent = useConsoleState((state) => state.agent);
  const agents = useConsoleState((state) => state.agents);
  const leads = agents.filter(mayEditPolicy).map((each) => each.name);
  const who = leads.length === 0 ? 'Leads and admins' : `Leads and admins (${leads.join(', ')})`;
  return (
    <p className={styles['note']}>
      {agent === null
        ? 'Read only: you are not signed in yet.'
        : `Read only for you. ${who} can change these rules.`}
    </p>
  );
}
