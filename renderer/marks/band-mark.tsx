import type { Band } from '../../shared/policy/urgency.ts';
import { classes } from '../ui/classes.ts';
import styles from './band-mark.module.css';

const names: Readonly<Record<Band, string>> = {
  overdue: 'Overdue',
  'at-risk': 'At risk',
  'on-track': 'On track',
  'no-clock': 'No clock',
};

/** A band by colour and by shape (U1): diamond, triangle, ring, dash. */
export function BandMark({ band }: { band: Band }) {
  return (
    <svg
      className={classes(styles['mark'], styles[band])}
      width="12"
      height="12"
      viewBox="0 0 12 12"
      role="img"
      aria-label={names[band]}
    >
      {band === 'overdue' && <path d="M6 .5 11.5 6 6 11.5 .5 6Z" fill="currentColor" />}
      {band === 'at-risk' && <path d="M6 1 11.5 11H.5Z" fill="currentColor" />}
      {band === 'on-track' && (
        <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.75" />
      )}
      {band === 'no-clock' && (
        <path d="M3 6H9" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
      )}
    </svg>
  );
}
