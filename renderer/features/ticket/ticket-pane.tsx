import { CloudOff, Inbox } from 'lucide-react';
import type { ReactNode } from 'react';
import { leaveGone } from '../../store/selection.ts';
import { useConsole, useConsoleState, useTicket } from '../../store/use-console.ts';
import { useStandstill } from '../../store/use-standstill.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Clocks } from './clocks.tsx';
import { Composer } from './composer.tsx';
import { TicketHead } from './ticket-head.tsx';
import styles from './ticket-pane.module.css';
import { Timeline } from './timeline.tsx';

/** The selected ticket. While a form is open, `dock` stands in the composer's place. */
export function TicketPane({ dock, isDocked }: { dock: ReactNode; isDocked: boolean }) {
  const selectedId = useConsoleState((state) => state.selectedId);
  const item = useTicket(selectedId);
  const goneId = useConsoleState((state) => state.goneId);
  const nothingListed = useConsoleState((state) => state.listed === 0);
  const stands = useStandstill();
  if (item === undefined)
    return (
      <section className={styles['pane']} aria-label="Ticket">
        {stands !== null ? (
          <Empty icon={<CloudOff size={28} strokeWidth={1.5} />} {...stands} />
        ) : selectedId === null ? (
          <Empty
            icon={<Inbox size={28} strokeWidth={1.5} />}
            title="No ticket chosen"
            text={
              nothingListed
                ? 'There is none in this view.'
                : 'Choose one in the queue with j and k, or click it.'
            }
          />
        ) : selectedId === goneId ? (
          <Gone />
        ) : (
          <Empty
            title="This ticket is not here"
            text="It may not have reached this machine yet, or you may no longer see it."
          />
        )}
      </section>
    );
  return (
    <section className={styles['pane']} aria-label={`Ticket ${item.row.head.reference}`}>
      <TicketHead key={`head ${item.id}`} head={item.shown} />
      <Clocks item={item} />
      <Timeline key={item.id} item={item} />
      {isDocked ? dock : <Composer key={`composer ${item.id}`} head={item.shown} />}
    </section>
  );
}

/** It was taken from the agent while they looked at it (S14). */
function Gone() {
  const console = useConsole();
  return (
    <Empty
      title="You no longer have this ticket"
      text="It was moved to people you do not see, or has been closed for long. What you had begun to write is kept in your drafts."
    >
      <Button
        look="primary"
        onClick={() => {
          leaveGone(console);
        }}
      >
        Back to the queue
      </Button>
    </Empty>
  );
}
