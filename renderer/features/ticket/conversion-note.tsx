import { Lightbulb } from 'lucide-react';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { useAgentName } from '../../marks/use-agent-name.ts';
import { useWhen } from '../../marks/use-when.ts';
import { canTakeBack, takeBack } from '../../store/change-ticket.ts';
import { useConsole } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { severityWords } from '../../words.ts';
import styles from './ticket-head.module.css';

/** Made a feature request by a conversion that can be taken back (C12, W5). */
export function ConversionNote({ head }: { head: TicketHead }) {
  const console = useConsole();
  const when = useWhen();
  const name = useAgentName(head.category.agentId);
  const { conversion } = head;
  if (!canTakeBack(head) || conversion === null) return null;
  return (
    <p className={styles['note']}>
      <Lightbulb size={12} aria-hidden="true" />
      <span>
        Feature request since {when(head.category.at)}
        {name !== null && `, by ${name}`}; was {severityWords[conversion.fromSeverity]}.
      </span>
      <Button
        look="link"
        onClick={() => {
          takeBack(console, head.id);
        }}
      >
        Take it back <Kbd keys="Shift+F" />
      </Button>
    </p>
  );
}
