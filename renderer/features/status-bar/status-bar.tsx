import type { SyncStatus } from '../../../shared/bridge/sync-status.ts';
import { agentWords } from '../../bridge/agent-words.ts';
import { useConflictCount } from '../../marks/use-conflict-count.ts';
import { openTicket, showConflicts } from '../../store/selection.ts';
import { notify } from '../../store/notices.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { useAtTime } from '../../store/use-time.ts';
import { agoChangesAt, when } from '../../time-words.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { counted } from '../../words.ts';
import { clockTitle, clockWords, clockWordsChangeAt } from './clock-words.ts';
import { connectionWords } from './connection-words.ts';
import styles from './status-bar.module.css';

/** The truth about the desk, always in sight. */
export function StatusBar() {
  const status = useConsoleState((state) => state.status);
  const announcement = useConsoleState((state) => state.announcement);
  return (
    <footer className={styles['bar']}>
      {status !== null && <Connection status={status} />}
      {status !== null && <Waiting status={status} />}
      {status !== null && <Clock status={status} />}
      {status !== null && <Pause status={status} />}
      <div className={styles['right']}>
        <NextDue />
        <Counts />
      </div>
      <div className="visually-hidden" role="status">
        {announcement}
      </div>
    </footer>
  );
}

function Connection({ status }: { status: SyncStatus }) {
  const words = useAtTime(
    (now) => connectionWords(status, now),
    (now) => nextLook(status, now),
  );
  return (
    <span className={styles['connection']} title={status.reason ?? undefined}>
      <span className={classes(styles['dot'], dotClass(status))} aria-hidden="true" />
      <span className={styles['words']}>{words}</span>
    </span>
  );
}

function nextLook(status: SyncStatus, now: number): number {
  if (status.connection !== 'online' || status.lastSyncAt === null) return now + 60_000;
  return agoChangesAt(status.lastSyncAt, now);
}

function dotClass(status: SyncStatus): string | undefined {
  switch (status.connection) {
    case 'online':
      return undefined;
    case 'connecting':
    case 'offline':
    case 'paused':
      return styles['away'];
    case 'signed-out':
    case 'revoked':
    case 'stopped':
      return styles['ended'];
  }
}

function Waiting({ status }: { status: SyncStatus }) {
  const console = useConsole();
  const conflicts = useConflictCount();
  return (
    <>
      {status.waiting > 0 && <span>{counted(status.waiting, 'change')} waiting</span>}
      {conflicts > 0 && (
        <Button
          look="link"
          className={styles['hot']}
          onClick={() => {
            showConflicts(console);
          }}
        >
          {counted(conflicts, 'conflict')}
        </Button>
      )}
    </>
  );
}

function Clock({ status }: { status: SyncStatus }) {
  const words = useAtTime(
    (now) => clockWords(status, now),
    (now) => clockWordsChangeAt(status, now),
  );
  return words !== '' && <span title={clockTitle(status)}>{words}</span>;
}

function Pause({ status }: { status: SyncStatus }) {
  const console = useConsole();
  const paused = status.connection === 'paused';
  return (
    <Button
      look="link"
      onClick={() => {
        void console.bridge.call('sync.pause', { paused: !paused }).then((answer) => {
          if (!answer.ok) notify(console, 'error', agentWords(answer.error));
        });
      }}
    >
      {paused ? 'Go online' : 'Work offline'}
    </Button>
  );
}

function NextDue() {
  const console = useConsole();
  const next = useConsoleState((state) => state.nextDue);
  if (next === null) return null;
  return (
    <Button
      look="link"
      onClick={() => {
        openTicket(console, next.id);
      }}
    >
      Next due {when(next.dueAt, console.clock.now())} · {next.reference}
    </Button>
  );
}

function Counts() {
  const overdue = useConsoleState((state) => state.counts.overdue);
  const atRisk = useConsoleState((state) => state.counts['at-risk']);
  return (
    <>
      <span className={classes(overdue > 0 && styles['hot'])}>{overdue} overdue</span>
      <span>{atRisk} at risk</span>
    </>
  );
}
