import type { Console } from './console.ts';
import type { NextDue } from './console-state.ts';
import { queueLines, sameLines } from './queue-lines.ts';
import type { QueueItem } from './queue.ts';
import { queueViews } from './queue-views.ts';
import type { QueueView } from './queue-views.ts';

/** Brings the list on screen up to the queue; the selection stays on its ticket wherever that goes. */
export function showQueue(console: Console): void {
  const { queue, state, clock } = console;
  const now = state.getState();
  // In the conflicts view there is no list, but a search still finds tickets.
  const items =
    now.view === 'conflicts' && now.search.trim() === ''
      ? []
      : queue.list(now.view === 'conflicts' ? 'all-open' : now.view, now.search);
  const lines = queueLines(items);
  const index = items.findIndex((item) => item.id === now.selectedId);
  const open = queue.list('all-open', '');
  state.setState({
    revision: now.revision + 1,
    lines: sameLines(now.lines, lines) ? now.lines : lines,
    listed: items.length,
    counts: Object.fromEntries(queueViews.map((view) => [view, queue.count(view)])) as Record<
      QueueView,
      number
    >,
    promises: {
      overdue: open.filter((item) => item.urgency.promise === 'overdue').length,
      atRisk: open.filter((item) => item.urgency.promise === 'at-risk').length,
    },
    nextDue: nearestDue(now.nextDue, open, clock.now()),
    selectedIndex: index === -1 ? now.selectedIndex : index,
  });
}

/** The same object where it is the same due, so that nothing is drawn again. */
function nearestDue(
  before: NextDue | null,
  items: readonly QueueItem[],
  now: number,
): NextDue | null {
  let next: QueueItem | null = null;
  let nextAt = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const { dueAt } = item.urgency;
    if (dueAt === null || dueAt < now || dueAt >= nextAt) continue;
    next = item;
    nextAt = dueAt;
  }
  if (next === null) return null;
  if (before?.id === next.id && before.dueAt === nextAt) return before;
  return { id: next.id, reference: next.row.head.reference, dueAt: nextAt };
}
