import type { Action } from '../../shared/tickets/command.ts';
import type { ChangePreview } from '../store/preview-change.ts';
import { clockNames } from '../words.ts';
import styles from './effect-line.module.css';
import { effectOf } from './effect-words.ts';
import { usePreview } from './use-preview.ts';
import { useWhen } from './use-when.ts';

/** What an entry of a menu would do to the clock that matters most, in short. Reckoned only while it is in sight. */
export function EffectLine({
  ticketId,
  actions,
  endedBy,
  always = false,
}: {
  ticketId: string;
  actions: readonly Action[];
  endedBy?: string;
  /** Says also that the response or reply clock stays as it is. */
  always?: boolean;
}) {
  const when = useWhen();
  const preview = usePreview(ticketId, actions);
  const change = preview === null ? undefined : mainChange(preview, always);
  if (preview === null || change === undefined) return null;
  const speech = { when, ...(endedBy === undefined ? {} : { endedBy }) };
  return (
    <span className={styles['line']}>
      {clockNames[change.id]} {effectOf(change, preview.at, speech).short}
    </span>
  );
}

/** The first that changes: they come by number, and C1 and C3 are what is owed first. */
function mainChange(
  { effects }: ChangePreview,
  always: boolean,
): ChangePreview['effects'][number] | undefined {
  const changed = effects.find(({ before, after }) => before !== after);
  const owed = effects.find(({ id }) => id === 'C1' || id === 'C3');
  return always ? (owed ?? changed) : changed;
}
