import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { urgencyOf } from '../../shared/policy/urgency.ts';
import { urgencyQueue } from '../../shared/policy/urgency-queue.ts';
import type { Urgency } from '../../shared/policy/urgency.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { viewTicket } from '../../shared/tickets/view.ts';
import type { PendingCommand, TicketRow, TicketView } from '../../shared/tickets/view.ts';
import { isNewerRow } from '../replica/newer-row.ts';
import { queueViews, viewBit, viewsOf } from './queue-views.ts';
import type { QueueView, ViewContext } from './queue-views.ts';

/** One ticket as the queue shows it. Never changed: a change makes a new one. */
export type QueueItem = {
  id: string;
  row: TicketRow;
  /** The head with this console's own commands on it. */
  shown: TicketHead;
  /** Null where this console has no commands on it. */
  view: TicketView | null;
  /** By the accepted head: what is shown and alerted is what the desk knows (C16). */
  urgency: Urgency;
  /** The views it is in, as bits. */
  views: number;
  /** What the search looks in, in lower case. */
  text: string;
};

export type QueueContext = ViewContext & { policy: CompiledPolicy | null };

export type Queue = {
  get: (id: string) => QueueItem | undefined;
  size: () => number;
  count: (view: QueueView) => number;
  /** Tickets of a view, or all that a search finds, in the order of U3. */
  list: (view: QueueView, search: string) => QueueItem[];
  /** When time alone next changes something (U4); ms, desk time. */
  nextEdgeAt: () => number;
  /** Rows that are not newer than what is there are left out. */
  putRows: (rows: readonly TicketRow[], now: number) => void;
  /** Takes tickets out that the agent no longer has (S14). */
  remove: (ids: Iterable<string>) => void;
  /** All that are here, in no order. */
  ids: () => string[];
  /** This console's commands that a view may apply, by ticket, in journal order (S4). */
  setCommands: (commands: ReadonlyMap<string, readonly PendingCommand[]>, now: number) => void;
  setContext: (context: QueueContext, now: number) => void;
  /** Moves the tickets that crossed a band edge, and no others (U4). True where any did. */
  advance: (now: number) => boolean;
  clear: () => void;
};

const none: readonly PendingCommand[] = [];

/**
 * The queue, kept in the order of U3 while rows, commands and time change it: one change re-inserts one ticket,
 * found and placed by binary search. `now` is desk time throughout.
 */
export function createQueue(): Queue {
  const placed = urgencyQueue<QueueItem>();
  const counts = new Map<QueueView, number>(queueViews.map((view) => [view, 0]));
  let commands: ReadonlyMap<string, readonly PendingCommand[]> = new Map();
  let context: QueueContext = { policy: null, agent: null, dayStartAt: 0 };
  // Rows that came before the first policy: without one there are no clocks, so no order.
  let early: TicketRow[] = [];

  function reckon(row: TicketRow, policy: CompiledPolicy, now: number): QueueItem {
    const own = commands.get(row.head.id) ?? none;
    const view = own.length === 0 ? null : viewTicket(row, own);
    const shown = view?.shown ?? row.head;
    const urgency = urgencyOf(row.head, policy, now);
    const { reference, subject, customer } = row.head;
    return {
      id: row.head.id,
      row,
      shown,
      view: view === null || view.pending.length === 0 ? null : view,
      urgency,
      views: viewsOf({ accepted: row.head, shown, urgency }, context),
      text: `${reference}\n${subject}\n${customer.organisation}\n${customer.contact}`.toLowerCase(),
    };
  }

  function count(item: QueueItem, by: 1 | -1): void {
    for (const view of queueViews)
      if ((item.views & viewBit(view)) !== 0) counts.set(view, (counts.get(view) ?? 0) + by);
  }

  function place(changed: readonly QueueItem[]): void {
    for (const item of changed) {
      const before = placed.get(item.id);
      if (before !== undefined) count(before, -1);
      count(item, 1);
    }
    placed.putAll(changed);
  }

  function again(items: Iterable<QueueItem>, now: number): void {
    const { policy } = context;
    if (policy === null) return;
    place(Array.from(items, (item) => reckon(item.row, policy, now)));
  }

  function putRows(rows: readonly TicketRow[], now: number): void {
    const { policy } = context;
    if (policy === null) {
      early.push(...rows);
      return;
    }
    // The newest of each ticket: a batch may hold one twice.
    const newest = new Map<string, TicketRow>();
    for (const row of rows) {
      const known = newest.get(row.head.id) ?? placed.get(row.head.id)?.row;
      if (isNewerRow(row, known)) newest.set(row.head.id, row);
    }
    place(Array.from(newest.values(), (row) => reckon(row, policy, now)));
  }

  return {
    get: (id) => placed.get(id),
    size: () => placed.size(),
    count: (view) => counts.get(view) ?? 0,
    remove: (ids) => {
      const gone = new Set(ids);
      early = early.filter((row) => !gone.has(row.head.id));
      for (const id of gone) {
        const before = placed.remove(id);
        if (before !== undefined) count(before, -1);
      }
    },
    ids: () => [
      ...early.map((row) => row.head.id),
      ...Array.from(placed.inOrder(), ({ id }) => id),
    ],
    list: (view, search) => {
      const wanted = search.trim().toLowerCase();
      const bit = viewBit(view);
      const found: QueueItem[] = [];
      for (const item of placed.inOrder())
        if (wanted === '' ? (item.views & bit) !== 0 : item.text.includes(wanted)) found.push(item);
      return found;
    },
    nextEdgeAt: () => placed.nextEdgeAt(),
    putRows,
    setCommands: (next, now) => {
      const touched = [...new Set([...commands.keys(), ...next.keys()])].filter(
        (id) => !isSame(commands.get(id) ?? none, next.get(id) ?? none),
      );
      commands = next;
      again(
        touched.flatMap((id) => placed.get(id) ?? []),
        now,
      );
    },
    setContext: (next, now) => {
      context = next;
      again([...placed.inOrder()], now);
      const waiting = early;
      early = [];
      putRows(waiting, now);
    },
    advance: (now) => {
      const crossed = placed.crossed(now);
      again(crossed, now);
      return crossed.length > 0;
    },
    clear: () => {
      placed.clear();
      early = [];
      for (const view of queueViews) counts.set(view, 0);
    },
  };
}

function isSame(a: readonly PendingCommand[], b: readonly PendingCommand[]): boolean {
  return (
    a.length === b.length && a.every((each, index) => each.command.id === b[index]?.command.id)
  );
}
