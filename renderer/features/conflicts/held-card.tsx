import { useState } from 'react';
import type { Action, Command } from '../../../shared/tickets/command.ts';
import type { Entry } from '../../../shared/tickets/entry.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { ForeignLine } from '../../marks/foreign-line.tsx';
import { useOneAtATime } from '../../marks/use-one-at-a-time.ts';
import { useWhen } from '../../marks/use-when.ts';
import { plainBody } from '../../plain-line.ts';
import { discard, sendAnyway, stillToJoin, threadSeen } from '../../store/draft-command.ts';
import { submitAndSay } from '../../store/submit.ts';
import { useConsole, useConsoleState, useTicket } from '../../store/use-console.ts';
import { SureButton } from '../../ui/sure-button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Card, CardButton } from './card.tsx';
import { heldWords, ownText, stillToJoinWords, wantedWords } from './conflict-words.ts';
import { CopyButton, OwnText } from './own-words.tsx';
import styles from './conflicts.module.css';
import { useEntries } from './use-entries.ts';

/** A held group: what was to be done, what came in since, and the one decision on all of it (S3). */
export function HeldCard({ ticketId, group }: { ticketId: string; group: readonly Command[] }) {
  const console = useConsole();
  const because = useConsoleState((state) => {
    const outcome = state.commands.find((each) => each.command.id === group[0]?.id)?.outcome;
    return outcome?.kind === 'held' ? outcome.because : null;
  });
  const entries = useEntries(ticketId);
  const { busy, run } = useOneAtATime();
  // Once saved, the card only waits to be taken away.
  const [decided, setDecided] = useState(false);
  const waiting = useConsoleState((state) => stillToJoin(state.commands, ticketId));
  const online = useConsoleState((state) => state.status?.connection === 'online');
  const head = useTicket(ticketId)?.row.head;
  const newest = head === undefined ? 0 : newestForeign(head, group[0]?.agentId);
  // What others wrote since may still be on its way: nobody can decide on what they have not seen.
  const complete = entries !== null && threadSeen(entries) >= newest;
  const seen = Math.min(...group.map((command) => command.threadSeen));
  const since = (entries ?? []).filter(
    (entry) => entry.body.kind === 'message' && entry.version > seen,
  );
  const barred = waiting > 0 || busy || decided;

  async function decide(actions: readonly Action[]): Promise<void> {
    if (entries === null || decided) return;
    // Judged by what stands here on the card, not by what was on screen then.
    if (await submitAndSay(console, ticketId, actions, threadSeen(entries))) setDecided(true);
  }

  return (
    <Card
      ticketId={ticketId}
      tag="held"
      tone="over"
      gone={false}
      actions={
        <>
          <CardButton
            keys="s"
            look="primary"
            barred={!complete || barred}
            onPress={() => {
              run(() => decide(sendAnyway(group)));
            }}
          >
            Send anyway
          </CardButton>
          <SureButton
            shortcut="x"
            question="Discard it?"
            disabled={entries === null || barred}
            onSure={() => {
              run(() => decide(discard(group)));
            }}
          >
            Discard <Kbd keys="x" />
          </SureButton>
          <CopyButton actions={group.map(({ action }) => action)} />
        </>
      }
    >
      <p className={styles['why']}>{heldWords(because)}</p>
      {!complete && <p className={styles['why']}>The new message is still on its way here.</p>}
      {since.map((entry) => (
        <Since key={entry.id} entry={entry} />
      ))}
      {group.map((command) => (
        <OwnWords key={command.id} command={command} />
      ))}
      {waiting > 0 && (
        <p className={styles['wait']} role="status">
          {stillToJoinWords(waiting, online)}
        </p>
      )}
    </Card>
  );
}

function Since({ entry }: { entry: Entry }) {
  const when = useWhen();
  if (entry.body.kind !== 'message' || entry.author.kind === 'system') return null;
  return (
    <div className={styles['item']}>
      <ForeignLine text={entry.author.name} /> wrote {when(entry.acceptedAt)}
      <div className={`${styles['text'] ?? ''} ${styles['since'] ?? ''}`} dir="auto">
        {plainBody(entry.body.text)}
      </div>
    </div>
  );
}

/** What the agent meant to do, and when. */
export function OwnWords({ command }: { command: Command }) {
  const when = useWhen();
  const agents = useConsoleState((state) => state.agents);
  const nameOf = (agentId: string): string =>
    agents.find((agent) => agent.id === agentId)?.name ?? agentId;
  const text = ownText(command.action);
  return (
    <div className={styles['item']}>
      {wantedWords(command.action, nameOf)} · you, {when(command.writtenAt)}
      {text !== null && <OwnText text={text} />}
    </div>
  );
}

/** Version of the newest message that is not this agent's own: what the desk judges by (S3). */
function newestForeign(head: TicketHead, agentId: string | undefined): number {
  const replies = Object.entries(head.replyVersions)
    .filter(([id]) => id !== agentId)
    .map(([, version]) => version);
  return Math.max(head.lastCustomerMessageVersion, ...replies);
}
