import { isOpen } from '../../../shared/tickets/fields.ts';
import { ForeignLine } from '../../marks/foreign-line.tsx';
import { highestAsked } from '../../store/change-ticket.ts';
import { begunModes } from '../../store/draft-texts.ts';
import type { QueueItem } from '../../store/queue.ts';
import { useConsoleState } from '../../store/use-console.ts';
import { Tag } from '../../ui/tag.tsx';
import {
  channelWords,
  counted,
  licenceWords,
  pendingWords,
  severityWords,
  shortCategoryWords,
} from '../../words.ts';
import styles from './queue-row.module.css';

/** The second line of a row: who it is, and what stands out about it. */
export function RowFacts({ item }: { item: QueueItem }) {
  const { shown, view } = item;
  const held = useConsoleState((state) =>
    state.commands.some((each) => each.state === 'held' && each.command.ticketId === item.id),
  );
  const begun = useConsoleState((state) => begunModes(state.drafts[item.id]).length > 0);
  const asked = shown.triaged.value ? null : highestAsked(shown);
  const escalated = shown.escalations.some((each) => !each.acknowledged.value);
  const category = shortCategoryWords[shown.category.value];
  return (
    <div className={styles['facts']}>
      <span>{shown.reference}</span>
      <span className={styles['customer']}>
        · <ForeignLine text={shown.customer.organisation} />
      </span>
      {isMissedBefore(item) && <Tag tone="over">missed</Tag>}
      {held && <Tag tone="over">held</Tag>}
      {view !== null && <Tag tone="pending">{pendingText(item)}</Tag>}
      {begun && <Tag>draft</Tag>}
      {asked !== null && asked !== shown.severity.value && (
        <span className={styles['asked']}>
          asked for <b>{severityWords[asked]}</b>
        </span>
      )}
      {escalated && <Tag tone="risk">escalated</Tag>}
      {shown.status.value === 'waiting' && <Tag>waiting</Tag>}
      {category !== '' && <Tag>{category}</Tag>}
      {shown.attempts.count > 0 && isOpen(shown.status.value) && (
        <span>{counted(shown.attempts.count, 'attempt')}</span>
      )}
      <Tag>{licenceWords[shown.customer.licence]}</Tag>
      <span>{channelWords[shown.channel]}</span>
    </div>
  );
}

/** A due was missed and the clock now runs to a later one (C11); a late one says so by itself. */
function isMissedBefore({ row, urgency }: QueueItem): boolean {
  return (
    urgency.dueAt !== null &&
    urgency.band !== 'overdue' &&
    row.head.misses.some((miss) => miss.endedAt === null && miss.clock !== 'C4')
  );
}

function pendingText({ view }: QueueItem): string {
  const pending = view?.pending ?? [];
  const [only] = pending;
  return pending.length === 1 && only !== undefined
    ? pendingWords[only.action.kind]
    : `${counted(pending.length, 'change')} queued`;
}
