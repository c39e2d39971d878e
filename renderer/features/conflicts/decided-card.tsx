import type { JournalledCommand } from '../../../shared/bridge/journal-view.ts';
import type { Outcome } from '../../../shared/tickets/outcome.ts';
import { agentWords } from '../../bridge/agent-words.ts';
import { useOneAtATime } from '../../marks/use-one-at-a-time.ts';
import { useWhen } from '../../marks/use-when.ts';
import { notify } from '../../store/notices.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { CardHead } from './card-head.tsx';
import { ownText, valueWords, wantedWords } from './conflict-words.ts';
import styles from './conflicts.module.css';

/** A superseded or refused change: what was wanted, what stands, who and when. */
export function DecidedCard({ journalled }: { journalled: JournalledCommand }) {
  const console = useConsole();
  const agents = useConsoleState((state) => state.agents);
  const { busy, run } = useOneAtATime();
  const { command, outcome } = journalled;
  const nameOf = (agentId: string): string =>
    agents.find((agent) => agent.id === agentId)?.name ?? agentId;
  const text = ownText(command.action);
  return (
    <article className={styles['card']}>
      <CardHead
        ticketId={command.ticketId}
        state={journalled.state === 'superseded' ? 'superseded' : 'refused'}
      />
      {outcome?.kind === 'superseded' && (
        <Superseded outcome={outcome} writtenAt={command.writtenAt} nameOf={nameOf} />
      )}
      {outcome?.kind === 'refused' && (
        <>
          <p className={styles['why']}>
            {wantedWords(command.action, nameOf)}: {outcome.refusal.message}
          </p>
          {text !== null && <div className={styles['text']}>{text}</div>}
        </>
      )}
      <div className={styles['actions']}>
        <Button
          aria-disabled={busy}
          onClick={() => {
            run(async () => {
              const answer = await console.bridge.call('commands.dismiss', {
                commandId: command.id,
              });
              if (!answer.ok) notify(console, 'error', agentWords(answer.error));
            });
          }}
        >
          Dismiss
        </Button>
      </div>
    </article>
  );
}

function Superseded({
  outcome,
  writtenAt,
  nameOf,
}: {
  outcome: Extract<Outcome, { kind: 'superseded' }>;
  writtenAt: number;
  nameOf: (agentId: string) => string;
}) {
  const when = useWhen();
  const who = outcome.standingAgentId === null ? 'the desk' : nameOf(outcome.standingAgentId);
  return (
    <>
      <p className={styles['why']}>
        Someone else changed the {outcome.field} first. Theirs stands.
      </p>
      <dl className={styles['both']}>
        <dt>You wanted</dt>
        <dd>
          {valueWords(outcome.field, outcome.wanted, nameOf)} · {when(writtenAt)}
        </dd>
        <dt>It is</dt>
        <dd>
          {valueWords(outcome.field, outcome.standing, nameOf)} · {who} · {when(outcome.standingAt)}
        </dd>
      </dl>
    </>
  );
}
