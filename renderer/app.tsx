import type { CSSProperties } from 'react';
import { useState } from 'react';
import { ConflictsPane } from './features/conflicts/conflicts-pane.tsx';
import { EscalationForm } from './features/escalation/escalation-form.tsx';
import { Horizon } from './features/horizon/horizon.tsx';
import { KeysDialog } from './features/keys/keys-dialog.tsx';
import { useKeys } from './features/keys/use-keys.ts';
import { PolicyPage } from './features/policy/policy-page.tsx';
import { QueuePane } from './features/queue/queue-pane.tsx';
import { DecisionPanel } from './features/reason/decision-panel.tsx';
import { DataRequestForm } from './features/reproduction/data-request-form.tsx';
import { ReproductionForm } from './features/reproduction/reproduction-form.tsx';
import { StatusBar } from './features/status-bar/status-bar.tsx';
import { TicketPane } from './features/ticket/ticket-pane.tsx';
import { UndoToast } from './features/undo/undo-toast.tsx';
import { ViewsNav } from './features/views/views-nav.tsx';
import styles from './app.module.css';
import { useTitle } from './marks/use-title.ts';
import { dismissNotice } from './store/notices.ts';
import { openTicket } from './store/selection.ts';
import { keptSplit, keepSplit } from './store/split.ts';
import { useConsole, useConsoleState } from './store/use-console.ts';
import { Button } from './ui/button.tsx';
import { Empty } from './ui/empty.tsx';
import { Notices } from './ui/notices.tsx';
import { Splitter } from './ui/splitter.tsx';

/** The frame: views, queue, ticket, and the status bar under them. The only place that joins features. */
export function App() {
  const failure = useConsoleState((state) => state.failure);
  return failure === null ? <Frame /> : <Failed failure={failure} />;
}

function Frame() {
  const console = useConsole();
  const pane = useConsoleState((state) => state.pane);
  const page = useConsoleState((state) => state.page);
  const panel = useConsoleState((state) => state.panel);
  const notices = useConsoleState((state) => state.notices);
  const [queuePx, setQueuePx] = useState(keptSplit);
  useKeys();
  useTitle();
  return (
    <div
      className={styles['frame']}
      data-pane={pane}
      style={{ '--queue-width': `${queuePx}px` } as CSSProperties}
    >
      <div className={styles['views']}>
        <ViewsNav />
      </div>
      {page === 'policy' ? (
        <main className={styles['page']}>
          <PolicyPage />
        </main>
      ) : (
        <QueueAndTicket
          widthPx={queuePx}
          onWidth={(widthPx) => {
            setQueuePx(keepSplit(widthPx));
          }}
        />
      )}
      <div className={styles['status']}>
        <StatusBar />
      </div>
      {panel?.kind === 'decision' && <DecisionPanel panel={panel} />}
      {panel?.kind === 'keys' && <KeysDialog />}
      <div className={styles['corner']}>
        <Notices
          notices={notices}
          onDismiss={(id) => {
            dismissNotice(console, id);
          }}
          onOpen={(ticketId) => {
            openTicket(console, ticketId);
          }}
        />
        <UndoToast />
      </div>
    </div>
  );
}

/** What stands there unless a page has been opened. */
function QueueAndTicket({
  widthPx,
  onWidth,
}: {
  widthPx: number;
  onWidth: (widthPx: number) => void;
}) {
  const panel = useConsoleState((state) => state.panel);
  const conflicts = useConsoleState(
    (state) => state.view === 'conflicts' && state.search.trim() === '',
  );
  return (
    <>
      <div className={styles['queue']}>
        {conflicts ? <ConflictsPane /> : <QueuePane strip={<Horizon />} />}
        <Splitter
          className={styles['split']}
          label="Width of the queue"
          widthPx={widthPx}
          onChange={onWidth}
        />
      </div>
      <main className={styles['ticket']}>
        <TicketPane dock={<DockedForm />} isDocked={isDocked(panel?.kind)} />
      </main>
    </>
  );
}

function isDocked(kind: string | undefined): boolean {
  return kind === 'attempt' || kind === 'escalation' || kind === 'data-request';
}

function DockedForm() {
  const panel = useConsoleState((state) => state.panel);
  if (panel?.kind === 'attempt') return <ReproductionForm ticketId={panel.ticketId} />;
  if (panel?.kind === 'data-request') return <DataRequestForm ticketId={panel.ticketId} />;
  if (panel?.kind === 'escalation') return <EscalationForm ticketId={panel.ticketId} />;
  return null;
}

function Failed({ failure }: { failure: string }) {
  return (
    <main className={styles['whole']}>
      <Empty title="The console could not start" text={failure}>
        <Button
          look="primary"
          onClick={() => {
            window.location.reload();
          }}
        >
          Try again
        </Button>
      </Empty>
    </main>
  );
}
