import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { unreachable } from '../../../shared/base/assert.ts';
import type { Entry } from '../../../shared/tickets/entry.ts';
import { attachmentsOf } from '../../../shared/tickets/attachment.ts';
import { EntryFiles } from '../../files/entry-files.tsx';
import { ForeignLine } from '../../marks/foreign-line.tsx';
import { useWhen } from '../../marks/use-when.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { showConflicts } from '../../store/selection.ts';
import { fullTime } from '../../time-words.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { classes } from '../../ui/classes.ts';
import { Tag } from '../../ui/tag.tsx';
import { dataStateWords, levelWords, reasonWords, severityWords } from '../../words.ts';
import { AttemptFacts } from './attempt-facts.tsx';
import { changeWords } from './change-words.ts';
import { TakeBack, UndoChange } from './entry-undo.tsx';
import { MessageText } from './message-text.tsx';
import styles from './timeline.module.css';
import { MESSAGE_VERSION } from './use-seen.ts';

/** waiting: not with the desk yet; held: the desk holds it until the agent decides (S3). */
export type EntryMark = 'waiting' | 'doubtful' | 'held' | null;

/** One thing on the timeline. */
export function TimelineEntry({ entry, mark }: { entry: Entry; mark: EntryMark }) {
  const { body } = entry;
  switch (body.kind) {
    case 'message':
      return (
        <Bubble entry={entry} mark={mark} look={entry.author.kind === 'agent' ? 'agent' : null}>
          <MessageText text={body.text} />
        </Bubble>
      );
    case 'note':
      return (
        <Bubble entry={entry} mark={mark} look="note" what="internal note">
          <MessageText text={body.text} />
        </Bubble>
      );
    case 'attempt':
      return (
        <Bubble entry={entry} mark={mark} look="note" what="reproduction attempt">
          <AttemptFacts attempt={body.attempt} />
        </Bubble>
      );
    case 'escalation':
      return (
        <Bubble entry={entry} mark={mark} look="note" what="escalation">
          <div className={styles['text']}>
            {levelWords[body.level]} · {reasonWords[body.reason]}
          </div>
          {body.text.trim() !== '' && <MessageText text={body.text} />}
        </Bubble>
      );
    case 'acknowledged':
      return (
        <Line entry={entry} mark={mark}>
          Escalation acknowledged
        </Line>
      );
    case 'no-reply-needed':
      return (
        <Line entry={entry} mark={mark}>
          No reply needed
          <Because text={body.text} />
        </Line>
      );
    case 'reply-needed':
      return (
        <Line entry={entry} mark={mark}>
          A reply is needed after all
        </Line>
      );
    case 'asked':
      return (
        <Line entry={entry} mark={mark}>
          The customer asked for {severityWords[body.severity]}
        </Line>
      );
    case 'data-request':
      // Its message stands above it, unless it never became one.
      if (body.isPublic && (mark === null || mark === 'waiting'))
        return (
          <Line entry={entry} mark={mark}>
            Data asked for: <ForeignLine text={body.what} />
          </Line>
        );
      return (
        <Bubble
          entry={entry}
          mark={mark}
          look="note"
          what={body.isPublic ? 'asked the customer for data' : 'data request, internal'}
        >
          <MessageText text={body.why.trim() === '' ? body.what : `${body.what}\n\n${body.why}`} />
        </Bubble>
      );
    case 'data-request-state':
      return (
        <Line entry={entry} mark={mark}>
          {dataStateWords[body.state]}
        </Line>
      );
    case 'converted':
      return (
        <Line entry={entry} mark={mark}>
          Made a feature request, {severityWords[body.fromSeverity]} → {severityWords.low}
          <Because text={body.reason} />
        </Line>
      );
    case 'conversion-undone':
      return (
        <Line entry={entry} mark={mark}>
          Feature request taken back: category and severity as before
        </Line>
      );
    case 'change':
      return <ChangeLine entry={entry} body={body} mark={mark} />;
    default:
      return unreachable(body);
  }
}

function ChangeLine({
  entry,
  body,
  mark,
}: {
  entry: Entry;
  body: Extract<Entry['body'], { kind: 'change' }>;
  mark: EntryMark;
}) {
  const agents = useConsoleState((state) => state.agents);
  const words = changeWords(
    body,
    (agentId) => agents.find((agent) => agent.id === agentId)?.name ?? agentId,
  );
  return (
    <Line entry={entry} mark={mark}>
      {words}
      <Because text={body.reason ?? ''} />
    </Line>
  );
}

function Because({ text }: { text: string }) {
  if (text.trim() === '') return null;
  return (
    <>
      : <ForeignLine text={text} />
    </>
  );
}

function Line({ entry, mark, children }: { entry: Entry; mark: EntryMark; children: ReactNode }) {
  const when = useWhen();
  return (
    <div className={styles['change']}>
      <ArrowRight size={11} aria-hidden="true" />
      <span>
        {children} · <ForeignLine text={authorName(entry)} /> · {when(entry.acceptedAt)}
      </span>
      <Mark mark={mark} />
      {mark === null ? <UndoChange entry={entry} /> : <TakeBack entry={entry} />}
    </div>
  );
}

function Bubble({
  entry,
  mark,
  look,
  what,
  children,
}: {
  entry: Entry;
  mark: EntryMark;
  look: 'agent' | 'note' | null;
  what?: string;
  children: ReactNode;
}) {
  const when = useWhen();
  const meId = useConsoleState((state) => state.agent?.id);
  const { author } = entry;
  const me = author.kind === 'agent' && author.id === meId;
  return (
    <article
      {...(entry.body.kind === 'message' && mark === null
        ? { [MESSAGE_VERSION]: entry.version }
        : {})}
      className={classes(
        styles['entry'],
        look !== null && styles[look],
        mark !== null && styles['pending'],
      )}
    >
      <Avatar name={authorName(entry)} me={me} />
      <div className={styles['bubble']}>
        <header className={styles['top']}>
          <b>
            <ForeignLine text={authorName(entry)} />
          </b>
          <span>{what ?? (author.kind === 'customer' ? 'customer' : 'reply')}</span>
          <Mark mark={mark} />
          {mark !== null && <TakeBack entry={entry} />}
          <span className={styles['time']} title={timeTitle(entry)}>
            {when(author.kind === 'customer' ? entry.writtenAt : entry.acceptedAt)}
          </span>
        </header>
        {children}
        <EntryFiles files={attachmentsOf(entry.body)} ticketId={entry.ticketId} />
      </div>
    </article>
  );
}

function Mark({ mark }: { mark: EntryMark }) {
  const console = useConsole();
  switch (mark) {
    case null:
      return null;
    case 'waiting':
      return <Tag tone="pending">waiting to be sent</Tag>;
    case 'doubtful':
      return <Tag tone="risk">may be refused</Tag>;
    case 'held':
      return (
        <button
          type="button"
          className={styles['held']}
          onClick={() => {
            showConflicts(console);
          }}
        >
          <Tag tone="over">held: decide in Conflicts</Tag>
        </button>
      );
    default:
      return unreachable(mark);
  }
}

/** "written …, accepted …" where the two differ by a minute or more (C6). */
function timeTitle({ writtenAt, acceptedAt }: Entry): string {
  if (Math.abs(acceptedAt - writtenAt) < 60_000) return fullTime(acceptedAt);
  return `written ${fullTime(writtenAt)}, accepted ${fullTime(acceptedAt)}`;
}

function authorName({ author }: Entry): string {
  return author.kind === 'system' ? 'The desk' : author.name;
}
