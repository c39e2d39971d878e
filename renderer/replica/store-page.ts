import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { VisibleList } from '../../shared/protocol/pull.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import { change } from './change-replica.ts';
import type { Draft } from './change-replica.ts';
import { isHeld } from './held.ts';
import type { Held } from './held.ts';
import type { ParsedPage } from './parse-page.ts';
import { placeTickets, removeTickets } from './place-tickets.ts';
import type { Batch } from './place-tickets.ts';
import { allWanted, changeWanted, replaceWanted } from './wanted.ts';

/** What was stored of a page, or of fetched rows. */
export type Stored = {
  /** Those that are newer than what was there. */
  rows: TicketRow[];
  entries: readonly Entry[];
  /** Tickets that the agent no longer has (S14). */
  removed: readonly string[];
  /** All that the agent has, where the page says so: nothing else is to be shown. */
  listed: readonly string[] | null;
  /** Where `rows` are all of them: the JSON they were parsed from. */
  bytes: Uint8Array | null;
};

export type StoreFault =
  /** gap: the page starts after what is stored; other-epoch: it is of another life of the desk (S7). */
  | { kind: 'gap' | 'other-epoch'; message: string }
  /** Its list would take so many held tickets, and the desk does not say why: the agent is asked first (S7). */
  | { kind: 'asks'; removing: number };

/** More than this share of what is held, and more than so many, do not go without a cause (S7). */
const UNASKED_SHARE = 0.2;
const UNASKED = 50;

const nothing: Stored = { rows: [], entries: [], removed: [], listed: null, bytes: null };

/**
 * Stores a page's rows, entries, removals, list, policy and cursor in one transaction (S1), or nothing of it. A page
 * that came before changes nothing, and a row's version is never lowered (S8). `accepted`: the agent said yes to what
 * its list takes.
 */
export function storePage(
  held: Held,
  page: ParsedPage,
  accepted: boolean,
): Promise<Result<Stored, StoreFault>> {
  return change(held, async (draft) => {
    const { envelope } = page;
    const { state } = draft;
    const fault = misfit(page, state.cursor);
    if (fault !== null) return err(fault);
    if (state.cursor !== null && envelope.cursor.version <= state.cursor.version)
      return ok(nothing);

    const unlisted = envelope.list === null ? [] : unlistedIn(held, page, envelope.list);
    const removing = unlisted.filter((id) => isHeld(held, id)).length;
    if (!accepted && envelope.list?.cause === null && isMany(removing, held.count))
      return err({ kind: 'asks', removing });

    const gone = new Set([...envelope.removals.map(({ ticketId }) => ticketId), ...unlisted]);
    const batch = without(page, gone);
    const rows = await placeTickets(draft, batch);
    removeTickets(draft, gone);
    draft.wanted = wantedAfter(held, page, gone);
    draft.state = {
      ...draft.state,
      cursor: envelope.cursor,
      policy: newerOf(state.policy, envelope.policy),
      agents: mergeAgents(state.agents, envelope.agents),
    };
    return ok({
      rows,
      entries: batch.entries,
      removed: [...gone],
      listed: envelope.list === null ? null : [...envelope.list.open, ...envelope.list.ended],
      bytes: rows.length === page.rows.length ? (page.bytes?.rows ?? null) : null,
    });
  });
}

function misfit(page: ParsedPage, cursor: Cursor | null): StoreFault | null {
  const { from } = page.envelope;
  if (cursor !== null && page.envelope.cursor.epoch !== cursor.epoch)
    return { kind: 'other-epoch', message: 'the page is of another epoch of the desk' };
  if (from !== null && from.version > (cursor?.version ?? 0))
    return {
      kind: 'gap',
      message: `the page starts after version ${from.version}, the replica ends at ${cursor?.version ?? 0}`,
    };
  return null;
}

/** What is stored, or comes with the page, and is not listed. */
function unlistedIn(held: Held, page: ParsedPage, list: VisibleList): string[] {
  const listed = new Set([...list.open, ...list.ended]);
  const ids = new Set([
    ...[...held.tickets].flatMap(([id, { version, isMasked }]) =>
      version < 0 && isMasked ? [] : [id],
    ),
    ...page.rows.map((row) => row.head.id),
  ]);
  return [...ids].filter((id) => !listed.has(id));
}

function isMany(removing: number, held: number): boolean {
  return removing > UNASKED && removing > held * UNASKED_SHARE;
}

function without(page: ParsedPage, gone: ReadonlySet<string>): Batch {
  if (gone.size === 0) return page;
  const rows = page.rows.filter((row) => !gone.has(row.head.id));
  const entries = page.entries.filter((entry) => !gone.has(entry.ticketId));
  const isWhole = rows.length === page.rows.length && entries.length === page.entries.length;
  return { rows, entries, bytes: isWhole ? page.bytes : null };
}

/** What is to be fetched by id from then on (S8, S14). */
function wantedAfter(
  held: Held,
  { envelope, rows }: ParsedPage,
  gone: ReadonlySet<string>,
): Draft['wanted'] {
  const { list, from } = envelope;
  const gained = envelope.gained.filter((id) => !gone.has(id));
  if (list === null)
    return gone.size === 0 && gained.length === 0 ? null : changeWanted(held.wanted, gone, gained);
  const before = new Set(allWanted(held.wanted));
  // Of an older ticket a page brings the row and its newest entries only.
  const isNew = ({ submittedVersion }: TicketRow['head']): boolean =>
    submittedVersion > (from?.version ?? 0);
  const whole = new Set(rows.flatMap(({ head }) => (isNew(head) ? [head.id] : [])));
  const first = new Set(gained);
  // A list without a cursor begins anew: what is held may be of any age (S8).
  const isLacking = (id: string): boolean =>
    from === null || before.has(id) || first.has(id) || !(isHeld(held, id) || whole.has(id));
  return replaceWanted([...new Set([...list.open, ...list.ended])].filter(isLacking));
}

function newerOf<T extends { version: number }>(stored: T | null, arrived: T | null): T | null {
  if (stored === null || arrived === null) return stored ?? arrived;
  return arrived.version >= stored.version ? arrived : stored;
}

function mergeAgents(stored: readonly Agent[], arrived: readonly Agent[]): Agent[] {
  const byId = new Map(stored.map((agent) => [agent.id, agent]));
  for (const agent of arrived) {
    const known = byId.get(agent.id);
    if (known === undefined || agent.version >= known.version) byId.set(agent.id, agent);
  }
  return [...byId.values()];
}
