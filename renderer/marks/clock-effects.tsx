import { Flag } from 'lucide-react';
import type { ChangePreview } from '../store/preview-change.ts';
import { classes } from '../ui/classes.ts';
import { clockNames, flagWords } from '../words.ts';
import styles from './clock-effects.module.css';
import { effectOf } from './effect-words.ts';
import { useWhen } from './use-when.ts';

/** What a decision would do to each clock, and the flags it would raise; before it is taken. */
export function ClockEffects({
  preview,
  endedBy,
}: {
  preview: ChangePreview | null;
  /** What ends a clock here, such as "with this message". */
  endedBy?: string;
}) {
  const when = useWhen();
  if (preview?.refusal !== null) return null;
  const speech = { when, ...(endedBy === undefined ? {} : { endedBy }) };
  return (
    <div className={styles['effects']}>
      {preview.effects.length === 0 ? (
        <p className={styles['none']}>No clock is running.</p>
      ) : (
        <ul className={styles['list']} aria-label="What happens to the clocks">
          {preview.effects.map((change) => {
            const { id, tone, text } = effectOf(change, preview.at, speech);
            return (
              <li key={id} className={classes(styles['effect'], styles[tone])}>
                <span className={styles['rule']}>{id}</span>
                <span className={styles['name']}>{clockNames[id]}</span>
                <span className={styles['text']}>{text}</span>
              </li>
            );
          })}
        </ul>
      )}
      {preview.flags.map((flag) => (
        <p key={flag} className={styles['flag']}>
          <Flag size={12} aria-hidden="true" /> <b>P3</b> {flagWords[flag]}
        </p>
      ))}
      {preview.queued && (
        <p className={styles['none']}>
          Counted as if your queued changes on this ticket were taken in already.
        </p>
      )}
    </div>
  );
}
