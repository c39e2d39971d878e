import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { compareUrgency, urgencyOf } from '../../shared/policy/urgency.ts';
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
  /** This console's commands that a view may apply, by ticket, in journal order (S4). */
  setCommands: (commands: ReadonlyMap<string, readonly PendingCommand[]>, now: number) => void;
  setContext: (context: QueueContext, now: number) => void;
  /** Moves the tickets that crossed a band edge, and no others (U4). True where any did. */
  advance: (now: number) => boolean;
  clear: () => void;
};

/** Above this share of the queue, sorting once is cheaper than inserting one by one. */
const SORT_ABOVE_SHARE = 0.1;
const none: readonly PendingCommand[] = [];

/**
 * The queue, kept in the order of U3 while rows, commands and time change it: one change re-inserts one ticket,
 * found and placed by binary search. `now` is desk time throughout.
 */
export function createQueue(): Queue {
  const items = new Map<string, QueueItem>();
  const counts = new Map<QueueView, number>(queueViews.map((view) => [view, 0]));
  let order: QueueItem[] = [];
  let commands: ReadonlyMap<string, readonly PendingCommand[]> = new Map();
  let context: QueueContext = { policy: null, agent: null, dayStartAt: 0 };
  let edgeAt = Number.POSITIVE_INFINITY;
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

  function replaceAll(changed: readonly QueueItem[]): void {
    if (changed.length > 8 && changed.length > order.length * SORT_ABOVE_SHARE) {
      for (const item of changed) swap(item);
      order = [...items.values()].toSorted(byUrgency);
    } else {
      for (const item of changed) {
        const before = swap(item);
        if (before !== undefined) order.splice(placeOf(order, before), 1);
        order.splice(placeOf(order, item), 0, item);
      }
    }
  }

  function swap(item: QueueItem): QueueItem | undefined {
    const before = items.get(item.id);
    if (before !== undefined) count(before, -1);
    items.set(item.id, item);
    count(item, 1);
    edgeAt = Math.min(edgeAt, item.urgency.nextEdgeAt);
    return before;
  }

  function again(ids: Iterable<string>, now: number): void {
    const { policy } = context;
    if (policy === null) return;
    const changed: QueueItem[] = [];
    for (const id of ids) {
      const item = items.get(id);
      if (item !== undefined) changed.push(reckon(item.row, policy, now));
    }
    replaceAll(changed);
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
      const known = newest.get(row.head.id) ?? items.get(row.head.id)?.row;
      if (isNewerRow(row, known)) newest.set(row.head.id, row);
    }
    replaceAll([...newest.values()].map((row) => reckon(row, policy, now)));
  }

  return {
    get: (id) => items.get(id),
    size: () => items.size,
    count: (view) => counts.get(view) ?? 0,
    list: (view, search) => {
      const wanted = search.trim().toLowerCase();
      if (wanted !== '') return order.filter((item) => item.text.includes(wanted));
      const bit = viewBit(view);
      return order.filter((item) => (item.views & bit) !== 0);
    },
    nextEdgeAt: () => edgeAt,
    putRows,
    setCommands: (next, now) => {
      const touched = [...new Set([...commands.keys(), ...next.keys()])].filter(
        (id) => !isSame(commands.get(id) ?? none, next.get(id) ?? none),
      );
      commands = next;
      again(touched, now);
    },
    setContext: (next, now) => {
      context = next;
      edgeAt = Number.POSITIVE_INFINITY;
      again(items.keys(), now);
      const waiting = early;
      early = [];
      putRows(waiting, now);
    },
    advance: (now) => {
      if (now < edgeAt) return false;
      const crossed = order.filter((item) => item.urgency.nextEdgeAt <= now);
      again(
        crossed.map((item) => item.id),
        now,
      );
      edgeAt = order.reduce(
        (first, item) => Math.min(first, item.urgency.nextEdgeAt),
        Number.POSITIVE_INFINITY,
      );
      return crossed.length > 0;
    },
    clear: () => {
      items.clear();
      order = [];
      early = [];
      edgeAt = Number.POSITIVE_INFINITY;
      for (const view of queueViews) counts.set(view, 0);
    },
  };
}

function byUrgency(a: QueueItem, b: QueueItem): number {
  return compareUrgency(a.urgency, b.urgency);
}

/** Where an item is, or would go: the order is total, so there is one place. */
function placeOf(order: readonly QueueItem[], item: QueueItem): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = order[middle];
    if (other !== undefined && byUrgency(other, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isSame(a: readonly PendingCommand[], b: readonly PendingCommand[]): boolean {
  return (
    a.length === b.length && a.every((each, index) => each.command.id === b[index]?.command.id)
  );
}
