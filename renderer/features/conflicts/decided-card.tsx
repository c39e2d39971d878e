import type { JournalledCommand } from '../../../shared/bridge/journal-view.ts';
import { useOneAtATime } from '../../marks/use-one-at-a-time.ts';
import { dismiss } from '../../store/conflicts.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Card, CardButton } from './card.tsx';
import { ownText, wantedWords } from './conflict-words.ts';
import { CopyButton, OwnText } from './own-words.tsx';
import styles from './conflicts.module.css';
import { SupersededCard } from './superseded-card.tsx';

/** A superseded or refused change: what was wanted, what became of it, and what can be done (S3). */
export function DecidedCard({ journalled }: { journalled: JournalledCommand }) {
  const { outcome, ticketGone } = journalled;
  if (outcome?.kind === 'superseded' && !ticketGone)
    return <SupersededCard journalled={journalled} outcome={outcome} />;
  return <PlainCard journalled={journalled} />;
}

/** Refused, or on a ticket that the agent no longer sees: only their own words are left (S14). */
function PlainCard({ journalled }: { journalled: JournalledCommand }) {
  const console = useConsole();
  const agents = useConsoleState((state) => state.agents);
  const { busy, run } = useOneAtATime();
  const { command, outcome, ticketGone } = journalled;
  const nameOf = (agentId: string): string =>
    agents.find((agent) => agent.id === agentId)?.name ?? agentId;
  const text = ownText(command.action);
  return (
    <Card
      ticketId={command.ticketId}
      tag="not taken"
      tone="risk"
      gone={ticketGone}
      actions={
        <>
          <CopyButton actions={[command.action]} />
          <CardButton
            keys="x"
            barred={busy}
            onPress={() => {
              run(async () => {
                await dismiss(console, [command.id]);
              });
            }}
          >
            Dismiss
          </CardButton>
        </>
      }
    >
      <p className={styles['wanted']}>{wantedWords(command.action, nameOf)}</p>
      <p className={styles['why']}>
        {outcome?.kind === 'refused'
          ? outcome.refusal.message
          : 'It had no effect: somebody else changed it first.'}
      </p>
      {text !== null && <OwnText text={text} />}
    </Card>
  );
}
