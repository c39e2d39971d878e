import { CircleCheck } from 'lucide-react';
import { heldGroups } from '../../store/draft-command.ts';
import { useConsoleState } from '../../store/use-console.ts';
import { Empty } from '../../ui/empty.tsx';
import { viewEmptyWords, viewWords } from '../../view-words.ts';
import { DecidedCard } from './decided-card.tsx';
import { HeldCard } from './held-card.tsx';
import styles from './conflicts.module.css';

/** What did not reach the desk as the agent meant it: nothing is dropped without a row here (S3). */
export function ConflictsPane() {
  const commands = useConsoleState((state) => state.commands);
  const groups = [...heldGroups(commands)];
  const decided = commands.filter(
    (each) => each.state === 'superseded' || each.state === 'refused',
  );
  const isEmpty = groups.length === 0 && decided.length === 0;
  return (
    <section className={styles['pane']} aria-label={viewWords.conflicts}>
      <header className={styles['head']}>
        <h1 className={styles['title']}>{viewWords.conflicts}</h1>
        {!isEmpty && <p className={styles['lead']}>Nothing is lost; each waits for you.</p>}
      </header>
      {isEmpty ? (
        <Empty
          icon={<CircleCheck size={28} strokeWidth={1.5} />}
          title="No conflicts"
          text={viewEmptyWords.conflicts}
        />
      ) : (
        <div className={styles['list']}>
          {groups.map(([ticketId, group]) => (
            <HeldCard key={ticketId} ticketId={ticketId} group={group} />
          ))}
          {decided.map((each) => (
            <DecidedCard key={each.command.id} journalled={each} />
          ))}
        </div>
      )}
    </section>
  );
}
