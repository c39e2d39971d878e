import { ArrowDown } from 'lucide-react';
import { useRef } from 'react';
import type { Entry } from '../../../shared/tickets/entry.ts';
import type { QueueItem } from '../../store/queue.ts';
import { notSeenYet } from '../../store/seen.ts';
import { loadTimeline } from '../../store/selection.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../words.ts';
import { timelineEntries } from './timeline-entries.ts';
import { TimelineEntry } from './timeline-entry.tsx';
import styles from './timeline.module.css';
import { messageElement, useSeen } from './use-seen.ts';

/** The conversation and all else that happened, newest at the bottom. */
export function Timeline({ item }: { item: QueueItem }) {
  const timeline = useConsoleState((state) => state.timeline);
  const commands = useConsoleState((state) => state.commands);
  const agentName = useConsoleState((state) => state.agent?.name ?? 'You');
  const ref = useRef<HTMLDivElement>(null);
  useSeen(ref, item.id);
  const entries = timeline?.ticketId === item.id ? timeline.entries : null;
  const failed = timeline?.ticketId === item.id && timeline.failed;
  const shown =
    entries === null ? null : timelineEntries(entries, item.view, commands, item.id, agentName);
  return (
    <div className={styles['conversation']}>
      {/* A keyboard must be able to scroll it. */}
      <div
        ref={ref}
        className={styles['scroll']}
        tabIndex={0}
        role="region"
        aria-label="Conversation"
      >
        <div className={styles['flow']}>
          {failed && <Unread ticketId={item.id} />}
          {shown === null && !failed && (
            <p className={styles['soon']}>Reading the conversation …</p>
          )}
          {shown?.length === 0 && !failed && (
            <p className={styles['loading']}>The conversation has not reached this machine yet.</p>
          )}
          {shown?.map(({ entry, mark }) => (
            <TimelineEntry key={entry.id} entry={entry} mark={mark} />
          ))}
        </div>
      </div>
      <NewBelow
        ticketId={item.id}
        entries={entries ?? []}
        onGo={(version) => {
          const box = ref.current;
          if (box !== null) messageElement(box, version)?.scrollIntoView({ block: 'start' });
        }}
      />
    </div>
  );
}

/** A message came in where the agent does not look (S3). */
function NewBelow({
  ticketId,
  entries,
  onGo,
}: {
  ticketId: string;
  entries: readonly Entry[];
  onGo: (version: number) => void;
}) {
  const seen = useConsoleState((state) =>
    state.seen?.ticketId === ticketId ? state.seen.version : 0,
  );
  const meId = useConsoleState((state) => state.agent?.id);
  const below = notSeenYet(entries, seen, meId);
  const [first] = below;
  return (
    <div className={styles['below']} role="status">
      {first !== undefined && (
        <Button
          look="primary"
          onClick={() => {
            onGo(first.version);
          }}
        >
          <ArrowDown size={13} aria-hidden="true" /> {counted(below.length, 'new message')} below
        </Button>
      )}
    </div>
  );
}

/** What cannot be read is said, never shown as empty. */
function Unread({ ticketId }: { ticketId: string }) {
  const console = useConsole();
  return (
    <p className={styles['unread']} role="alert">
      The conversation could not be read from this machine.{' '}
      <Button
        onClick={() => {
          void loadTimeline(console, ticketId);
        }}
      >
        Try again
      </Button>
    </p>
  );
}
