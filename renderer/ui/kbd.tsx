import { classes } from './classes.ts';
import styles from './kbd.module.css';

/** The key of an action, beside its button. It is an ornament: the button's own name says what it does. */
export function Kbd({ keys, inverse = false }: { keys: string; inverse?: boolean }) {
  return (
    <kbd className={classes(styles['kbd'], inverse && styles['inverse'])} aria-hidden="true">
      {keys}
    </kbd>
  );
}
