import type { Agent } from '../../shared/protocol/agent.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import { isOpen } from '../../shared/tickets/fields.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import { maySee } from '../../shared/tickets/may-see.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import type { DeskHistory } from './desk-data.ts';
import { landed } from './landed.ts';

/** What a cache of a console has on its disk. */
export type Cache = {
  name: 'watch' | 'replica';
  cursor: Cursor | null;
  wanted: readonly string[];
  rows: ReadonlyMap<string, TicketRow>;
  /** Null where it keeps none. */
  entries: ReadonlyMap<string, Entry> | null;
};

/** O5: what a cache lacks although its cursor says that it has it; null where nothing. */
export function cursorAheadOf(history: DeskHistory, agentId: string, cache: Cache): string | null {
  const { cursor } = cache;
  // Of another life of the desk, or of one that was taken back: what it stood for nobody knows any more.
  if (cursor === null || cursor.epoch !== history.epoch) return null;
  if (history.marks.get(cursor.version) !== cursor.mark) return null;
  const then = agentAt(history, agentId, cursor.version);
  const now = agentAt(history, agentId, history.counter.version);
  if (then === null || now === null) return null;
  const wanted = new Set(cache.wanted);
  for (const [id, heads] of history.heads) {
    const head = headAt(heads, cursor.version);
    const newest = heads.at(-1);
    if (head === null || newest === undefined || wanted.has(id)) continue;
    const isDue = keeps(cache.name, then, head);
    // What is true by now may have come already, by another way than the cursor's.
    const mayBeGone = !keeps(cache.name, now, newest);
    const row = cache.rows.get(id);
    if (isDue && row === undefined && !mayBeGone)
      return `${cache.name} stands at ${cursor.version} without ${id}, which it must have`;
    if (isDue && row !== undefined && row.head.version < head.version)
      return `${cache.name} stands at ${cursor.version} with ${id} of ${row.head.version}, not ${head.version}`;
    if (!isDue || mayBeGone || cache.entries === null) continue;
    const lacks = missingEntry(history, id, cursor.version, cache.entries);
    if (lacks !== null) return `replica stands at ${cursor.version} without entry ${lacks}`;
  }
  return null;
}

/** Does this cache keep that ticket for this agent? */
export function keeps(name: Cache['name'], agent: Agent, head: TicketHead): boolean {
  const isSeen =
    !landed.visibility || maySee(agent, { teamId: head.teamId, assigneeId: head.assignee.value });
  return isSeen && (name === 'replica' || isOpen(head.status.value));
}

export function agentAt(history: DeskHistory, agentId: string, version: number): Agent | null {
  const known = history.agents.get(agentId) ?? [];
  return known.findLast((agent) => agent.version <= version) ?? null;
}

function headAt(heads: readonly TicketHead[], version: number): TicketHead | null {
  return heads.findLast((head) => head.version <= version) ?? null;
}

function missingEntry(
  history: DeskHistory,
  ticketId: string,
  version: number,
  entries: ReadonlyMap<string, Entry>,
): string | null {
  for (const entry of history.entries.values())
    if (entry.ticketId === ticketId && entry.version <= version && !entries.has(entry.id))
      return entry.id;
  return null;
}
