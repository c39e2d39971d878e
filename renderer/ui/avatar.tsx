import type { CSSProperties } from 'react';
import styles from './avatar.module.css';
import { classes } from './classes.ts';
import { initialsOf } from './initials.ts';

/** A person as a disc with initials; an empty ring for nobody. */
export function Avatar({
  name,
  me = false,
  size = 22,
}: {
  name: string | null;
  me?: boolean;
  size?: number;
}) {
  return (
    <span
      className={classes(styles['avatar'], me && styles['me'], name === null && styles['nobody'])}
      style={{ '--size': `${size}px` } as CSSProperties}
      aria-hidden="true"
    >
      {name === null ? '' : initialsOf(name)}
    </span>
  );
}
