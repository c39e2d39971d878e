import type { CSSProperties } from 'react';
import styles from './bar.module.css';

/** How much of something is used, 0 to 1. */
export function Bar({
  label,
  share,
  tone,
}: {
  label: string;
  share: number;
  tone: 'over' | 'risk' | 'ok' | 'accent';
}) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      className={styles['bar']}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <div
        className={styles['fill']}
        style={{ '--tone': `var(--${tone})`, width: `${percent}%` } as CSSProperties}
      />
    </div>
  );
}
