import type { Urgency } from '../../../shared/policy/urgency.ts';
import { useCountdown } from '../../marks/use-countdown.ts';
import { clockWords } from '../../words.ts';
import styles from './queue-row.module.css';

/** The countdown of the binding clock, and which clock it is. Ticks by itself. */
export function DueCell({ urgency, dueAt }: { urgency: Urgency; dueAt: number }) {
  const { value, unit } = useCountdown(dueAt);
  return (
    <>
      <span className={styles['value']}>{value}</span>
      {unit !== '' && <span className={styles['unit']}>{unit}</span>}
      <span className={styles['clock']}>
        {urgency.updateLate ? (
          <span className={styles['late']}>update late</span>
        ) : (
          urgency.clock !== null && clockWords[urgency.clock]
        )}
      </span>
    </>
  );
}
