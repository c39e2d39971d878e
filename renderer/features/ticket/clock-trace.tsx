import { Copy } from 'lucide-react';
import { useState } from 'react';
import { stepWords } from '../../../shared/policy/trace-words.ts';
import { useSpeech } from '../../marks/use-speech.ts';
import { useConsoleState } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import styles from './clocks.module.css';
import { copyText } from '../../store/copy-text.ts';
import { mailSpeech, traceText } from './trace-text.ts';
import type { Traced } from './trace-text.ts';

/** Why clocks are due when they are: each step with its rule, to be read aloud to a customer or mailed (C15). */
export function ClockTrace({
  reference,
  traced,
  queued,
}: {
  reference: string;
  traced: readonly Traced[];
  queued: string | null;
}) {
  const speech = useSpeech();
  const timeZone = useConsoleState((state) => state.policy?.document.timeZone) ?? 'UTC';
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <div className={styles['trace']}>
      {traced.map(({ id, trace }) => (
        <ol key={id} className={styles['steps']}>
          {trace.map((step, index) => (
            // The steps of a clock never change places.
            <li key={index}>
              <span className={styles['rule']}>{step.rule}</span>
              <span>{stepWords(id, step, speech)}</span>
            </li>
          ))}
        </ol>
      ))}
      {queued !== null && (
        <ol className={styles['steps']}>
          <li>
            <span className={styles['rule']}>C6</span>
            <span>{queued}</span>
          </li>
        </ol>
      )}
      <div className={styles['copy']}>
        <Button
          look="link"
          onClick={() => {
            setCopied(copyText(traceText(reference, traced, mailSpeech(timeZone, speech.nameOf))));
          }}
        >
          <Copy size={12} /> Copy as text
        </Button>
        <span role="status">
          {copied !== null && (copied ? 'Copied' : 'The system did not let us copy it')}
        </span>
      </div>
    </div>
  );
}
