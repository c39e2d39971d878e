import type { Severity } from '../../shared/policy/severity.ts';
import { classes } from '../ui/classes.ts';
import { severityWords } from '../words.ts';
import styles from './severity-badge.module.css';

/** A severity, always with its word: colour alone says nothing. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  return (
    <span className={classes(styles['badge'], styles[severity])}>{severityWords[severity]}</span>
  );
}
