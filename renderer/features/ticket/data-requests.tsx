import { FileQuestion } from 'lucide-react';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { ForeignLine } from '../../marks/foreign-line.tsx';
import { useWhen } from '../../marks/use-when.ts';
import { plainLine } from '../../plain-line.ts';
import { setDataRequest } from '../../store/change-ticket.ts';
import { focusOn } from '../../store/focus.ts';
import { useConsole } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import styles from './ticket-head.module.css';

/** What was asked for and has not come yet; ticked off when it arrives (W2). */
export function DataRequests({ head }: { head: TicketHead }) {
  const console = useConsole();
  const when = useWhen();
  const open = head.dataRequests.filter(({ state }) => state.value === 'open');
  if (open.length === 0 || head.status.value === 'closed') return null;
  const tick = (id: string, state: 'received' | 'withdrawn'): void => {
    setDataRequest(console, head.id, id, state);
    // The button goes with its request.
    focusOn(console, 'list');
  };
  return (
    <ul className={styles['requests']} aria-label="Data asked for">
      {open.map(({ id, what, at, isPublic }) => {
        const line = plainLine(what);
        return (
          <li key={id} className={styles['request']}>
            <FileQuestion size={12} aria-hidden="true" />
            <span className={styles['what']} title={line}>
              <ForeignLine text={what} />
            </span>
            <span>
              {isPublic ? 'asked' : 'noted'} {when(at)}
            </span>
            <Button
              look="link"
              aria-label={`Arrived: ${line}`}
              onClick={() => {
                tick(id, 'received');
              }}
            >
              Arrived
            </Button>
            <Button
              look="link"
              aria-label={`Not needed: ${line}`}
              onClick={() => {
                tick(id, 'withdrawn');
              }}
            >
              Not needed
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
