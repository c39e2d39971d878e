import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import { isNewerRow } from './newer-row.ts';
import type { ParsedPage } from './parse-page.ts';
import { stateIn } from './read-replica.ts';
import type { ReplicaStore, StoredTicket } from './replica-store.ts';

/** What a stored page changed. */
export type StoredPage = {
  /** Where the replica stands now. */
  cursor: Cursor;
  rows: TicketRow[];
  /** The policy in force with them; null before the first. */
  policy: PolicyVersion | null;
};

export type StoreFault = {
  /** gap: the page starts after what is stored; other-epoch: it is of another life of the desk (S7). */
  kind: 'gap' | 'other-epoch';
  message: string;
};

/**
 * Stores a page's rows, entries, policy and cursor in one transaction (S1), or nothing of it. The same page
 * again changes nothing, and a row's version is never lowered (S8).
 */
export function storePage(
  store: ReplicaStore,
  page: ParsedPage,
): Promise<Result<StoredPage, StoreFault>> {
  return store.write(async (tables) => {
    const state = await stateIn(tables);
    const fault = misfit(page, state.cursor);
    if (fault !== null) return err(fault);

    const ids = [
      ...new Set([
        ...page.rows.map((row) => row.head.id),
        ...page.entries.map((entry) => entry.ticketId),
      ]),
    ];
    const stored = await tables.tickets.get(ids);
    const tickets = new Map<string, StoredTicket>(
      ids.map((id, index) => [id, stored[index] ?? { id, row: null, entries: [] }]),
    );
    const rows = page.rows.filter((row) => {
      const ticket = tickets.get(row.head.id);
      if (ticket === undefined || !isNewerRow(row, ticket.row ?? undefined)) return false;
      tickets.set(ticket.id, { ...ticket, row });
      return true;
    });
    for (const entry of page.entries) {
      const ticket = tickets.get(entry.ticketId);
      if (ticket === undefined) continue;
      const others = ticket.entries.filter((each) => each.id !== entry.id);
      tickets.set(ticket.id, { ...ticket, entries: [...others, entry] });
    }
    await tables.tickets.put([...tickets.values()]);

    const cursor = later(state.cursor, page.envelope.cursor);
    const policy = newerOf(state.policy, page.envelope.policy);
    await tables.state.put([
      { key: 'state', cursor, policy, agents: mergeAgents(state.agents, page.envelope.agents) },
    ]);
    return ok({ cursor, rows, policy });
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

function later(stored: Cursor | null, arrived: Cursor): Cursor {
  return stored !== null && stored.version > arrived.version ? stored : arrived;
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
