import type { TicketClock } from '../../../shared/policy/clock.ts';
import { stepWords } from '../../../shared/policy/trace-words.ts';
import { useSpeech } from '../../marks/use-speech.ts';
import styles from './clocks.module.css';

/** Why a clock is due when it is: each step with its rule, to be read aloud to a customer (C15). */
export function ClockTrace({ clock, queued }: { clock: TicketClock; queued: string | null }) {
  const speech = useSpeech();
  return (
    <ol className={styles['trace']}>
      {clock.trace.map((step, index) => (
        // The steps of a clock never change places.
        <li key={index}>
          <span className={styles['rule']}>{step.rule}</span>
          <span>{stepWords(clock.id, step, speech)}</span>
        </li>
      ))}
      {queued !== null && (
        <li>
          <span className={styles['rule']}>C6</span>
          <span>{queued}</span>
        </li>
      )}
    </ol>
  );
}
