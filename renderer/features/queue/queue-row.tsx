import { isUnanswered } from '../../../shared/tickets/thread.ts';
import { BandMark } from '../../marks/band-mark.tsx';
import { SeverityBadge } from '../../marks/severity-badge.tsx';
import { useAgentName } from '../../marks/use-agent-name.ts';
import { plainLine } from '../../plain-line.ts';
import type { QueueItem } from '../../store/queue.ts';
import { useConsoleState, useTicket } from '../../store/use-console.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { classes } from '../../ui/classes.ts';
import { statusWords } from '../../words.ts';
import { DueCell } from './due-cell.tsx';
import styles from './queue-row.module.css';
import { RowFacts } from './row-facts.tsx';

/** One ticket of the queue. Draws itself again only when this ticket, its selection or its countdown changes. */
export function QueueRow({ id, onPick }: { id: string; onPick: (id: string) => void }) {
  const item = useTicket(id);
  const selected = useConsoleState((state) => state.selectedId === id);
  if (item === undefined) return null;
  const { urgency, shown } = item;
  return (
    // Keys are taken by the list, which holds the focus and names this row as its active one.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={rowId(id)}
      role="option"
      aria-selected={selected}
      className={classes(
        styles['row'],
        styles[urgency.band],
        selected && styles['selected'],
        isUnanswered(shown) && styles['unanswered'],
      )}
      onClick={() => {
        onPick(id);
      }}
    >
      <div className={styles['mark']}>
        <BandMark band={urgency.band} />
      </div>
      <div className={styles['due']}>
        {urgency.dueAt === null ? (
          <span className={styles['clock']}>{noClockWords(item)}</span>
        ) : (
          <DueCell urgency={urgency} dueAt={urgency.dueAt} />
        )}
      </div>
      <div>
        <div className={styles['line']}>
          <div className={styles['subject']} dir="auto" title={plainLine(shown.subject)}>
            {plainLine(shown.subject)}
          </div>
          <SeverityBadge severity={shown.severity.value} />
        </div>
        <div className={styles['line']}>
          <RowFacts item={item} />
          <Assignee agentId={shown.assignee.value} />
        </div>
      </div>
    </div>
  );
}

export function rowId(ticketId: string): string {
  return `queue-row-${ticketId}`;
}

function Assignee({ agentId }: { agentId: string | null }) {
  const name = useAgentName(agentId);
  const mine = useConsoleState((state) => state.agent?.id === agentId);
  return (
    <span className={styles['who']} title={name ?? 'Unassigned'}>
      {name !== null && <Avatar name={name} me={mine} size={16} />}
      <span className="visually-hidden">{name ?? 'Unassigned'}</span>
    </span>
  );
}

function noClockWords({ shown }: QueueItem): string {
  switch (shown.status.value) {
    case 'waiting':
      return 'waiting';
    case 'resolved':
    case 'closed':
      return statusWords[shown.status.value].toLowerCase();
    case 'open':
      return 'no clock';
  }
}
