import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './tag.module.css';

export type TagTone = 'plain' | 'pending' | 'over' | 'risk' | 'ok';

/** A short fact in a small frame. */
export function Tag({ tone = 'plain', children }: { tone?: TagTone; children: ReactNode }) {
  return (
    <span className={classes(styles['tag'], tone !== 'plain' && styles[tone])}>{children}</span>
  );
}
