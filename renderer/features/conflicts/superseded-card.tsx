import type { JournalledCommand } from '../../../shared/bridge/journal-view.ts';
import type { Outcome } from '../../../shared/tickets/outcome.ts';
import { ForeignLine } from '../../marks/foreign-line.tsx';
import { useOneAtATime } from '../../marks/use-one-at-a-time.ts';
import { useWhen } from '../../marks/use-when.ts';
import { againBarred, dismiss, doAgain } from '../../store/conflicts.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Card, CardButton } from './card.tsx';
import { fieldNames, ownText, valueWords } from './conflict-words.ts';
import { CopyButton, OwnText } from './own-words.tsx';
import styles from './conflicts.module.css';

/** Two values for one field: theirs stands, and the agent may do theirs again (S3). */
export function SupersededCard({
  journalled,
  outcome,
}: {
  journalled: JournalledCommand;
  outcome: Extract<Outcome, { kind: 'superseded' }>;
}) {
  const console = useConsole();
  const when = useWhen();
  const agents = useConsoleState((state) => state.agents);
  // Read anew with each change of the queue: the ticket may just have arrived.
  const barred = useConsoleState(() => againBarred(console, journalled));
  const { busy, run } = useOneAtATime();
  const { command } = journalled;
  const nameOf = (agentId: string): string =>
    agents.find((agent) => agent.id === agentId)?.name ?? agentId;
  const who = outcome.standingAgentId === null ? 'The desk' : nameOf(outcome.standingAgentId);
  const text = ownText(command.action);
  return (
    <Card
      ticketId={command.ticketId}
      tag="changed first"
      tone="risk"
      gone={false}
      actions={
        <>
          <CardButton
            keys="x"
            barred={busy}
            onPress={() => {
              run(async () => {
                await dismiss(console, [command.id]);
              });
            }}
          >
            Keep what stands
          </CardButton>
          <CardButton
            keys="m"
            barred={busy || barred !== null}
            onPress={() => {
              run(() => doAgain(console, journalled));
            }}
          >
            Do mine again
          </CardButton>
          <CopyButton actions={[command.action]} />
        </>
      }
    >
      <p className={styles['why']}>
        <ForeignLine text={who} /> changed the {fieldNames[outcome.field]}{' '}
        {command.undoes === null
          ? 'before your change arrived.'
          : 'before your undo arrived. It had no effect.'}
      </p>
      <table className={styles['both']}>
        <tbody>
          <tr>
            <th scope="row">Stands</th>
            <td className={styles['value']}>
              {valueWords(outcome.field, outcome.standing, nameOf)}
            </td>
            <td>
              <ForeignLine text={who} />, {when(outcome.standingAt)}
            </td>
          </tr>
          <tr>
            <th scope="row">Yours</th>
            <td className={styles['value']}>{valueWords(outcome.field, outcome.wanted, nameOf)}</td>
            <td>you, {when(command.writtenAt)}</td>
          </tr>
        </tbody>
      </table>
      {text !== null && <OwnText text={text} />}
      {barred !== null && <p className={styles['wait']}>Not again for now: {barred}</p>}
    </Card>
  );
}
