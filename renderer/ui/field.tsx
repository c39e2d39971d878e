import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './field.module.css';

/** A label over its control. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    // The control is inside its label, so no ids are needed.
    <label className={styles['field']}>
      <span className={styles['label']}>{label}</span>
      {children}
    </label>
  );
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input type="text" {...rest} className={classes(styles['input'], className)} />;
}

/** Grows with its text up to a limit. `bare` has no frame of its own: it stands in a framed place. */
export function TextArea({
  className,
  bare = false,
  rows = 3,
  style,
  ...rest
}: ComponentProps<'textarea'> & { bare?: boolean }) {
  return (
    <textarea
      rows={rows}
      {...rest}
      style={{ minHeight: `calc(${rows} * 1.5em + 12px)`, ...style }}
      className={classes(styles['area'], bare && styles['bare'], className)}
    />
  );
}
