import { ForeignLine } from '../../marks/foreign-line.tsx';
import { openTicket } from '../../store/selection.ts';
import { useConsole, useTicket } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/tag.tsx';
import styles from './conflicts.module.css';

/** Which ticket it is about, as a way there. */
export function CardHead({
  ticketId,
  state,
}: {
  ticketId: string;
  state: 'held' | 'superseded' | 'refused';
}) {
  const console = useConsole();
  const item = useTicket(ticketId);
  return (
    <header className={styles['top']}>
      <Tag tone={state === 'held' ? 'over' : 'risk'}>{state}</Tag>
      <Button
        look="link"
        onClick={() => {
          openTicket(console, ticketId);
        }}
      >
        {item?.row.head.reference ?? 'a ticket no longer here'}
      </Button>
      <span>
        <ForeignLine text={item?.row.head.subject ?? ''} />
      </span>
    </header>
  );
}
