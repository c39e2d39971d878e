import { CircleCheck, CloudOff, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { isLoading, nothingToCome } from '../../store/fullness.ts';
import { useConsoleState } from '../../store/use-console.ts';
import { useStandstill } from '../../store/use-standstill.ts';
import { viewEmptyWords, viewWords } from '../../view-words.ts';
import { Bar } from '../../ui/bar.tsx';
import { Empty } from '../../ui/empty.tsx';
import { QueueList } from './queue-list.tsx';
import styles from './queue.module.css';
import { SearchBox } from './search-box.tsx';
import { useShownOnce } from './use-shown-once.ts';

/** The queue: what to do next, at the top. `strip` stands between search and list. */
export function QueuePane({ strip }: { strip: ReactNode }) {
  const view = useConsoleState((state) => state.view);
  const search = useConsoleState((state) => state.search.trim());
  const listed = useConsoleState((state) => state.listed);
  const title = search === '' ? viewWords[view] : 'Search';
  useShownOnce();
  return (
    <section className={styles['queue']} aria-label="Queue">
      <header className={styles['head']}>
        <h1 className={styles['title']}>{title}</h1>
        <span className={styles['count']}>
          {(listed > 0 || search !== '') && listed.toLocaleString('en')}
          {search !== '' ? ` found for “${search}”` : listed > 0 && ' by SLA urgency'}
        </span>
      </header>
      <SearchBox />
      <FirstSync />
      {listed > 0 ? (
        <>
          {strip}
          <QueueList label={title} />
        </>
      ) : (
        <NothingListed />
      )}
    </section>
  );
}

function NothingListed() {
  const view = useConsoleState((state) => state.view);
  const search = useConsoleState((state) => state.search.trim());
  const loading = useConsoleState(isLoading);
  const stands = useStandstill();
  const complete = useConsoleState(nothingToCome);
  if (search !== '')
    return (
      <Empty
        icon={<SearchX size={28} strokeWidth={1.5} />}
        title="Nothing found"
        text="The search looks at subjects, customers and references of every ticket kept here."
      />
    );
  if (stands !== null)
    return (
      <Empty
        icon={<CloudOff size={28} strokeWidth={1.5} />}
        title="No tickets here"
        text={`${stands.title}.`}
      />
    );
  if (loading)
    return (
      <div aria-label="Loading the queue" aria-busy="true">
        {[1, 2, 3, 4, 5, 6].map((row) => (
          <div key={row} className={styles['skeleton']} />
        ))}
      </div>
    );
  if (!complete)
    return (
      <Empty
        icon={<CloudOff size={28} strokeWidth={1.5} />}
        title="No tickets here yet"
        text="They have not all reached this machine. The rest comes when the desk answers."
      />
    );
  return (
    <Empty
      icon={<CircleCheck size={28} strokeWidth={1.5} />}
      title="Nothing here"
      text={viewEmptyWords[view]}
    />
  );
}

/** How far the first sync has come, in numbers; the queue works meanwhile (S8). */
function FirstSync() {
  const progress = useConsoleState((state) => state.status?.progress ?? null);
  if (progress === null || progress.total === 0) return null;
  return (
    <div className={styles['progress']}>
      <p>
        Fetching tickets: {progress.done.toLocaleString('en')} of{' '}
        {progress.total.toLocaleString('en')} {progress.of}
      </p>
      <Bar label="First sync" share={progress.done / progress.total} tone="accent" />
    </div>
  );
}
