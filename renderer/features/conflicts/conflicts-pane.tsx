import { CircleCheck } from 'lucide-react';
import type { JournalledCommand } from '../../../shared/bridge/journal-view.ts';
import { draftModes } from '../../../shared/bridge/drafts.ts';
import { heldGroups } from '../../store/draft-command.ts';
import { leftDraftsOf } from '../../store/left-drafts.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Empty } from '../../ui/empty.tsx';
import { viewEmptyWords, viewWords } from '../../view-words.ts';
import styles from './conflicts.module.css';
import { DecidedCard } from './decided-card.tsx';
import { GoneCard } from './gone-card.tsx';
import { HeldCard } from './held-card.tsx';
import { LeftDraftCard } from './left-draft-card.tsx';
import { useCardKeys } from './use-card-keys.ts';

/** What did not reach the desk as the agent meant it: nothing is dropped without a row here (S3). */
export function ConflictsPane() {
  const console = useConsole();
  const commands = useConsoleState((state) => state.commands);
  const left = useConsoleState(() =>
    leftDraftsOf(console)
      .map(({ key }) => key)
      .join('\n'),
  );
  const groups = [...heldGroups(commands)];
  const decided = commands.filter(
    (each) => each.state === 'superseded' || each.state === 'refused',
  );
  const drafts = left === '' ? [] : left.split('\n');
  const ids = [
    ...groups.map(([ticketId]) => ticketId),
    ...decided.map(({ command }) => command.id),
    ...drafts,
  ];
  const keys = useCardKeys(ids.join(' '));
  return (
    <section className={styles['pane']} aria-label={viewWords.conflicts}>
      <header className={styles['head']}>
        <h1 className={styles['title']}>{viewWords.conflicts}</h1>
        {ids.length > 0 && <p className={styles['lead']}>Nothing is lost; each waits for you.</p>}
      </header>
      {/* Keys pressed on a card end here. */}
      <div className={styles['list']} tabIndex={-1} {...keys}>
        {ids.length === 0 && (
          <Empty
            icon={<CircleCheck size={28} strokeWidth={1.5} />}
            title="No conflicts"
            text={viewEmptyWords.conflicts}
          />
        )}
        {groups.map(([ticketId, group]) =>
          group.some(({ id }) => isGone(commands, id)) ? (
            <GoneCard key={ticketId} ticketId={ticketId} group={group} />
          ) : (
            <HeldCard key={ticketId} ticketId={ticketId} group={group} />
          ),
        )}
        {decided.map((each) => (
          <DecidedCard key={each.command.id} journalled={each} />
        ))}
        {drafts.map((key) => (
          <LeftDraft key={key} place={key} />
        ))}
      </div>
    </section>
  );
}

/** `place` is a `draftKey`. */
function LeftDraft({ place }: { place: string }) {
  const [ticketId = '', mode] = place.split(' ');
  const known = draftModes.find((each) => each === mode);
  return known === undefined ? null : <LeftDraftCard ticketId={ticketId} mode={known} />;
}

function isGone(commands: readonly JournalledCommand[], commandId: string): boolean {
  return commands.some((each) => each.command.id === commandId && each.ticketGone);
}
