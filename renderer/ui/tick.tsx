import type { ReactNode } from 'react';
import styles from './tick.module.css';

/** A checkbox with its words after it. */
export function Tick({
  label,
  checked,
  needed = false,
  onChange,
}: {
  label: ReactNode;
  checked: boolean;
  /** Marks it for a form that looks for what is still missing. */
  needed?: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className={styles['tick']}>
      <input
        type="checkbox"
        {...(needed ? { 'data-needed': true } : {})}
        checked={checked}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
      <span>{label}</span>
    </label>
  );
}
