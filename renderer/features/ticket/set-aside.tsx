import type { TicketHead } from '../../../shared/tickets/head.ts';
import { EffectLine } from '../../marks/effect-line.tsx';
import { useWhen } from '../../marks/use-when.ts';
import { toggleReplyNeeded } from '../../store/change-ticket.ts';
import { focusOn } from '../../store/focus.ts';
import { useConsole } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import styles from './clocks.module.css';

/** A customer's message that needs no reply, as long as that can be taken back (C3). */
export function SetAside({ head }: { head: TicketHead }) {
  const console = useConsole();
  const when = useWhen();
  if (head.dismissed === null) return null;
  return (
    <div className={styles['aside']}>
      <span>The message of {when(head.dismissed.at)} needs no reply.</span>
      <Button
        look="link"
        onClick={() => {
          toggleReplyNeeded(console, head.id);
          focusOn(console, 'list');
        }}
      >
        A reply is needed after all <Kbd keys="Shift+N" />
      </Button>
      <EffectLine ticketId={head.id} actions={[{ kind: 'reply-needed' }]} />
    </div>
  );
}
