import {
  Bug,
  CircleCheckBig,
  CircleUserRound,
  Clock,
  Filter,
  GitMerge,
  Hourglass,
  Inbox,
  Keyboard,
  Layers,
  Lightbulb,
  Scale,
  TriangleAlert,
  UserPlus,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useConflictCount } from '../../marks/use-conflict-count.ts';
import type { View } from '../../store/console-state.ts';
import type { QueueView } from '../../store/queue-views.ts';
import { openPage, setView } from '../../store/selection.ts';
import { useConsole, useConsoleState } from '../../store/use-console.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { classes } from '../../ui/classes.ts';
import { pageWords, viewWords } from '../../view-words.ts';
import styles from './views-nav.module.css';

const icons: Readonly<Record<View, LucideIcon>> = {
  'my-queue': Inbox,
  overdue: Clock,
  'at-risk': TriangleAlert,
  triage: Filter,
  unassigned: UserPlus,
  escalated: Layers,
  'bugs-to-reproduce': Bug,
  waiting: Hourglass,
  features: Lightbulb,
  'resolved-today': CircleCheckBig,
  'all-open': CircleUserRound,
  conflicts: GitMerge,
};

const first: readonly QueueView[] = [
  'my-queue',
  'overdue',
  'at-risk',
  'triage',
  'unassigned',
  'escalated',
];
const work: readonly QueueView[] = [
  'bugs-to-reproduce',
  'waiting',
  'features',
  'resolved-today',
  'all-open',
];

/** The views at the left, each with its count. */
export function ViewsNav() {
  const console = useConsole();
  const agent = useConsoleState((state) => state.agent);
  const signedOut = useConsoleState((state) => state.status?.connection === 'signed-out');
  const demo = useConsoleState((state) => state.demo);
  const conflicts = useConflictCount();
  return (
    <nav className={styles['nav']} aria-label="Views">
      <div className={styles['me']}>
        <Avatar name={agent?.name ?? null} me />
        <span className={styles['name']}>
          {agent?.name ?? (signedOut ? 'Not signed in' : 'Signing in')}
        </span>
        {demo && <span className={styles['demo']}>demo desk</span>}
      </div>
      {first.map((view) => (
        <CountedView key={view} view={view} />
      ))}
      <h2 className={styles['heading']}>Work</h2>
      {work.map((view) => (
        <CountedView key={view} view={view} />
      ))}
      <h2 className={styles['heading']}>Yours</h2>
      <ViewButton view="conflicts" count={conflicts} hot={conflicts > 0} />
      <div className={styles['foot']}>
        <PolicyButton />
        <button
          type="button"
          className={styles['view']}
          title="All keys (?)"
          onClick={() => {
            console.state.setState({ panel: { kind: 'keys' } });
          }}
        >
          <Keyboard size={15} strokeWidth={1.75} aria-hidden="true" />
          <span className={styles['label']}>Keys</span>
          <span className={styles['count']}>?</span>
        </button>
      </div>
    </nav>
  );
}

function PolicyButton() {
  const console = useConsole();
  const current = useConsoleState((state) => state.page === 'policy');
  const editing = useConsoleState((state) => state.policyEdit.draft !== null);
  return (
    <button
      type="button"
      className={styles['view']}
      aria-current={current ? 'page' : undefined}
      title={`${pageWords.policy} (g p)`}
      onClick={() => {
        openPage(console, 'policy');
      }}
    >
      <Scale size={15} strokeWidth={1.75} aria-hidden="true" />
      <span className={styles['label']}>Policy</span>
      <span className={styles['count']}>{editing ? 'draft' : 'g p'}</span>
    </button>
  );
}

function CountedView({ view }: { view: QueueView }) {
  const count = useConsoleState((state) => state.counts[view]);
  return <ViewButton view={view} count={count} hot={view === 'overdue' && count > 0} />;
}

function ViewButton({ view, count, hot }: { view: View; count: number; hot: boolean }) {
  const console = useConsole();
  const current = useConsoleState(
    (state) => state.page === null && state.view === view && state.search.trim() === '',
  );
  const Icon = icons[view];
  return (
    <button
      type="button"
      className={classes(styles['view'], hot && styles['hot'])}
      aria-current={current ? 'page' : undefined}
      title={viewWords[view]}
      onClick={() => {
        setView(console, view);
      }}
    >
      <Icon size={15} strokeWidth={1.75} aria-hidden="true" />
      <span className={styles['label']}>{viewWords[view]}</span>
      <span className={classes(styles['count'], count === 0 && styles['none'])}>
        {count.toLocaleString('en')}
      </span>
    </button>
  );
}
