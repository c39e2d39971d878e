import type { Attempt } from '../../../shared/tickets/attempt.ts';
import { plainBody } from '../../plain-line.ts';
import { licenceWords, outcomeWords } from '../../words.ts';
import { MessageText } from './message-text.tsx';
import styles from './timeline.module.css';

/** What was tried, where, and what came of it (W1). */
export function AttemptFacts({ attempt }: { attempt: Attempt }) {
  const { environment } = attempt;
  const where = [
    environment.productVersion,
    licenceWords[environment.hosting],
    environment.operatingSystem,
    environment.browser,
  ].filter((part) => part.trim() !== '');
  return (
    <>
      {attempt.steps.trim() !== '' && <MessageText text={attempt.steps} />}
      <dl className={styles['facts']}>
        <Fact name="Environment" text={where.join(', ')} />
        <Fact name="Expected" text={attempt.expected} />
        <Fact name="Actual" text={attempt.actual} />
        <div>
          <dt>Outcome</dt>
          <dd className={styles[attempt.outcome]}>{outcomeWords[attempt.outcome]}</dd>
        </div>
      </dl>
    </>
  );
}

function Fact({ name, text }: { name: string; text: string }) {
  if (text.trim() === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{plainBody(text)}</dd>
    </div>
  );
}
