import type { PolicyEffect } from '../../../shared/protocol/policy-edit.ts';
import { ForeignLine } from '../../marks/foreign-line.tsx';
import { SeverityBadge } from '../../marks/severity-badge.tsx';
import { useWhen } from '../../marks/use-when.ts';
import { focusOn } from '../../store/focus.ts';
import { openTicket } from '../../store/selection.ts';
import { useConsole, useTicket } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { clockWords } from '../../words.ts';
import styles from './card.module.css';
import { moveWords } from './effect-words.ts';
import type { EffectExample } from './effect-words.ts';

/** The desk names no more than so many (policyEffectSchema). */
const MOST_SHOWN = 50;

/** The tickets whose dues move most, each as a way there; the edit stays as it is. */
export function EffectExamples({ effect: { examples } }: { effect: PolicyEffect }) {
  if (examples.length === 0) return null;
  return (
    <>
      <h3 className={styles['sub']}>
        {examples.length < MOST_SHOWN ? 'Every move, largest first' : 'The largest moves'}
      </h3>
      <ul className={styles['list']}>
        {examples.map((example) => (
          <Example key={`${example.ticketId} ${example.clock}`} example={example} />
        ))}
      </ul>
    </>
  );
}

function Example({ example }: { example: EffectExample }) {
  const console = useConsole();
  const when = useWhen();
  const subject = useTicket(example.ticketId)?.row.head.subject;
  return (
    <li className={styles['example']}>
      <Button
        look="link"
        className={styles['link']}
        onClick={() => {
          openTicket(console, example.ticketId);
          focusOn(console, 'list');
        }}
      >
        {example.reference}
      </Button>
      <span className={styles['subject']}>
        {subject !== undefined && <ForeignLine text={subject} />}
      </span>
      <p className={styles['move']}>
        <SeverityBadge severity={example.severity} /> {clockWords[example.clock]}{' '}
        {moveWords(example, when)}
      </p>
    </li>
  );
}
