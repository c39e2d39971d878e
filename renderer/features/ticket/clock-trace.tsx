import type { TicketClock } from '../../../shared/policy/clock.ts';
import { useWhen } from '../../marks/use-when.ts';
import styles from './clocks.module.css';

/** Why a clock is due when it is: each step with its rule, to be read aloud to a customer. */
export function ClockTrace({ clock, queued }: { clock: TicketClock; queued: string | null }) {
  const when = useWhen();
  return (
    <ol className={styles['trace']}>
      {clock.trace.map((step, index) => (
        // The steps of a clock never change places.
        <li key={index}>
          <span className={styles['rule']}>{step.rule}</span>
          <span className={styles['at']}>{when(step.at)}</span>
          <span>{step.text}</span>
        </li>
      ))}
      <li>
        <span className={styles['rule']}>C8</span>
        <span className={styles['at']}>{clock.dueAt === null ? '' : when(clock.dueAt)}</span>
        <span>
          due{clock.calendar === 'business' && ', counted on business days, Monday to Saturday'}
        </span>
      </li>
      {queued !== null && (
        <li>
          <span className={styles['rule']}>C6</span>
          <span />
          <span>{queued}</span>
        </li>
      )}
    </ol>
  );
}
