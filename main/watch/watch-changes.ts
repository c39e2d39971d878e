import type { FetchedEnvelope } from '../../shared/protocol/fetch-rows.ts';
import type { PageEnvelope, VisibleList } from '../../shared/protocol/pull.ts';
import { isOpen } from '../../shared/tickets/fields.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';

/** What a page or fetched rows do to the watch table; pure. */

export type WatchChange = {
  /** Rows to keep, none older than what is there. */
  put: TicketRow[];
  /** Tickets that go: ended, or no longer for this agent (S14). */
  remove: string[];
  /** No longer to be fetched. */
  struck: string[];
  /** To be fetched instead of all that was; null where no list came (S8). */
  wanted: string[] | null;
};

/** What the table holds, in memory: on the disk there is nothing while it has no cursor. */
export type Held = {
  tickets: ReadonlyMap<string, { version: number }>;
  wanted: ReadonlySet<string>;
};

/** A page: its rows, what it takes away, and its list. */
export function changeOfPage(
  { from, removals, list }: Pick<PageEnvelope, 'from' | 'removals' | 'list'>,
  rows: readonly TicketRow[],
  held: Held,
): WatchChange {
  const { put, ended } = sortRows(rows, held);
  const removed = removals.map(({ ticketId }) => ticketId);
  const change: WatchChange = {
    put,
    remove: [...ended, ...removed],
    // Heads are all this table keeps: one that a page brought need not be fetched.
    struck: [...put.map(({ head }) => head.id), ...ended, ...removed],
    wanted: null,
  };
  return list === null ? change : withList(change, { list, from }, held);
}

function withList(
  change: WatchChange,
  { list, from }: { list: VisibleList; from: PageEnvelope['from'] },
  { tickets, wanted }: Held,
): WatchChange {
  const open = new Set(list.open);
  const known = new Set([...change.put.map(({ head }) => head.id), ...change.remove]);
  const isHere = (id: string): boolean => from !== null && tickets.has(id) && !wanted.has(id);
  return {
    put: change.put.filter(({ head }) => open.has(head.id)),
    remove: [...change.remove, ...[...tickets.keys()].filter((id) => !open.has(id))],
    struck: [],
    wanted: list.open.filter((id) => !known.has(id) && !isHere(id)),
  };
}

/** Fetched rows: one that is no longer wanted is not stored (S8). */
export function changeOfFetched(
  envelope: Pick<FetchedEnvelope, 'gone'>,
  rows: readonly TicketRow[],
  held: Held,
): WatchChange {
  const wanted = rows.filter(({ head }) => held.wanted.has(head.id));
  const { put, ended } = sortRows(wanted, held);
  const gone = envelope.gone.filter((id) => held.wanted.has(id));
  return {
    put,
    remove: [...ended, ...gone],
    struck: [...wanted.map(({ head }) => head.id), ...gone],
    wanted: null,
  };
}

/** A row's version is never lowered (S8). */
function sortRows(
  rows: readonly TicketRow[],
  { tickets }: Held,
): { put: TicketRow[]; ended: string[] } {
  const newer = rows.filter(({ head }) => head.version >= (tickets.get(head.id)?.version ?? 0));
  return {
    put: newer.filter(({ head }) => isOpen(head.status.value)),
    ended: newer.filter(({ head }) => !isOpen(head.status.value)).map(({ head }) => head.id),
  };
}

const ASKS_FROM = 50;
const ASKS_SHARE = 0.2;

/**
 * How many of the held tickets a list leaves out, where the agent must be asked before they go: more than 20 % and
 * more than 50, and the desk does not say why (S7). Null where it needs no asking.
 */
export function askedRemoval(
  list: VisibleList | null,
  tickets: ReadonlyMap<string, unknown>,
): number | null {
  if (list?.cause !== null) return null;
  const listed = new Set([...list.open, ...list.ended]);
  const removing = [...tickets.keys()].filter((id) => !listed.has(id)).length;
  return removing > ASKS_FROM && removing > tickets.size * ASKS_SHARE ? removing : null;
}
