import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { PageEnvelope } from '../../shared/protocol/pull.ts';
import type { FetchedEnvelope } from '../../shared/protocol/fetch-rows.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import { isNewerRow } from '../../renderer/replica/newer-row.ts';

/** The replica as it lies on a machine's disk. */
export type ReplicaContents = {
  cursor: Cursor | null;
  wanted: readonly string[];
  policy: PolicyVersion | null;
  agents: readonly Agent[];
  rows: ReadonlyMap<string, TicketRow>;
  entries: ReadonlyMap<string, Entry>;
};

export const emptyReplica: ReplicaContents = {
  cursor: null,
  wanted: [],
  policy: null,
  agents: [],
  rows: new Map(),
  entries: new Map(),
};

export function withPage(
  before: ReplicaContents,
  page: { envelope: PageEnvelope; rows: readonly TicketRow[]; entries: readonly Entry[] },
): ReplicaContents {
  const { envelope } = page;
  const listed =
    envelope.list === null ? null : new Set([...envelope.list.open, ...envelope.list.ended]);
  const removed = new Set(envelope.removals.map(({ ticketId }) => ticketId));
  if (listed !== null) for (const id of before.rows.keys()) if (!listed.has(id)) removed.add(id);
  const rows = newer(before.rows, page.rows);
  for (const id of removed) rows.delete(id);
  const entries = new Map(before.entries);
  for (const entry of page.entries) entries.set(entry.id, entry);
  for (const [id, entry] of entries) if (removed.has(entry.ticketId)) entries.delete(id);
  const agents = new Map(before.agents.map((agent) => [agent.id, agent]));
  for (const agent of envelope.agents) agents.set(agent.id, agent);
  const lacking = listed === null ? [] : [...listed].filter((id) => !before.rows.has(id));
  const wanted = new Set([...envelope.gained, ...before.wanted, ...lacking]);
  for (const id of removed) wanted.delete(id);
  if (listed !== null) for (const id of wanted) if (!listed.has(id)) wanted.delete(id);
  return {
    cursor: envelope.cursor,
    wanted: [...wanted],
    policy: envelope.policy ?? before.policy,
    agents: [...agents.values()],
    rows,
    entries,
  };
}

export function withFetched(
  before: ReplicaContents,
  page: { envelope: FetchedEnvelope; rows: readonly TicketRow[]; entries: readonly Entry[] },
): ReplicaContents {
  const wanted = new Set(before.wanted);
  const taken = page.rows.filter(({ head }) => wanted.has(head.id));
  const ids = new Set(taken.map(({ head }) => head.id));
  const entries = new Map(before.entries);
  for (const entry of page.entries) if (ids.has(entry.ticketId)) entries.set(entry.id, entry);
  for (const id of [...ids, ...page.envelope.gone]) wanted.delete(id);
  return { ...before, wanted: [...wanted], rows: newer(before.rows, taken), entries };
}

function newer(
  before: ReadonlyMap<string, TicketRow>,
  given: readonly TicketRow[],
): Map<string, TicketRow> {
  const rows = new Map(before);
  for (const row of given) if (isNewerRow(row, rows.get(row.head.id))) rows.set(row.head.id, row);
  return rows;
}
