import { Filter } from 'lucide-react';
import { clockOf } from '../../../shared/policy/clocks.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { ForeignLine } from '../../marks/foreign-line.tsx';
import { dueWords } from '../../marks/effect-words.ts';
import { useWhen } from '../../marks/use-when.ts';
import { highestAsked } from '../../store/change-ticket.ts';
import { useConsoleState } from '../../store/use-console.ts';
import { useAtTime } from '../../store/use-time.ts';
import { severityWords } from '../../words.ts';
import styles from './ticket-head.module.css';

/** Nobody has triaged it yet: what was asked for, and by when that is owed (P3, C5). */
export function TriageNote({ head }: { head: TicketHead }) {
  const when = useWhen();
  const policy = useConsoleState((state) => state.policy);
  const asked = head.triaged.value ? null : highestAsked(head);
  const clock = policy === null ? null : clockOf(head, policy, 'C5');
  const dueAt = clock?.state === 'running' ? clock.dueAt : null;
  const owed = useAtTime(
    (now) => (dueAt !== null && dueAt < now ? 'was owed by' : 'is owed by'),
    (now) => (dueAt === null || dueAt < now ? Number.POSITIVE_INFINITY : dueAt + 1),
  );
  if (asked === null) return null;
  const last = head.asked.findLast((each) => each.severity === asked);
  return (
    <p className={styles['note']}>
      <Filter size={12} aria-hidden="true" />
      <span>
        Not triaged. <ForeignLine text={head.customer.contact} /> asked for{' '}
        <b>{severityWords[asked]}</b>
        {last !== undefined && ` ${when(last.at)}`}
        {dueAt !== null && (
          <>
            ; a decision {owed} <b>{dueWords(dueAt, when)}</b>
          </>
        )}
        .
      </span>
    </p>
  );
}
