import type { Command } from '../../../shared/tickets/command.ts';
import { useOneAtATime } from '../../marks/use-one-at-a-time.ts';
import { dismiss } from '../../store/conflicts.ts';
import { useConsole } from '../../store/use-console.ts';
import { Card, CardButton } from './card.tsx';
import { OwnWords } from './held-card.tsx';
import { CopyButton } from './own-words.tsx';
import styles from './conflicts.module.css';

/** A held group on a ticket that went to others: the agent's own words are left, to copy (S14). */
export function GoneCard({ ticketId, group }: { ticketId: string; group: readonly Command[] }) {
  const console = useConsole();
  const { busy, run } = useOneAtATime();
  return (
    <Card
      ticketId={ticketId}
      tag="not sent"
      tone="risk"
      gone
      actions={
        <>
          <CopyButton actions={group.map(({ action }) => action)} />
          <CardButton
            keys="x"
            barred={busy}
            onPress={() => {
              run(async () => {
                await dismiss(
                  console,
                  group.map(({ id }) => id),
                );
              });
            }}
          >
            Dismiss
          </CardButton>
        </>
      }
    >
      <p className={styles['why']}>
        The ticket went to others before this was sent, and it will not be. Your words are kept here
        until you dismiss them.
      </p>
      {group.map((command) => (
        <OwnWords key={command.id} command={command} />
      ))}
    </Card>
  );
}
