import { failpoint } from '../../shared/base/failpoint.ts';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import { isNewerRow } from './newer-row.ts';
import type { ParsedPage } from './parse-page.ts';
import { emptyState } from './replica-db.ts';
import type { ReplicaDb } from './replica-db.ts';

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
export async function storePage(
  db: ReplicaDb,
  page: ParsedPage,
): Promise<Result<StoredPage, StoreFault>> {
  failpoint('replica.before-transaction');
  return db.dexie.transaction('rw', [db.heads, db.entries, db.state], async () => {
    const state = (await db.state.get('state')) ?? emptyState;
    const fault = misfit(page, state.cursor);
    if (fault !== null) return err(fault);

    const stored = await db.heads.bulkGet(page.rows.map((row) => row.head.id));
    const rows = page.rows.filter((row, index) => isNewerRow(row, stored[index]));
    await db.heads.bulkPut(rows.map((row) => ({ id: row.head.id, ...row })));
    await db.entries.bulkPut(page.entries);

    const cursor = later(state.cursor, page.envelope.cursor);
    const policy = newerOf(state.policy, page.envelope.policy);
    await db.state.put({
      key: 'state',
      cursor,
      policy,
      agents: mergeAgents(state.agents, page.envelope.agents),
    });
    failpoint('replica.before-commit');
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
