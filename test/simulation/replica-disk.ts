import { rowsOfChunk } from '../../renderer/replica/open-replica.ts';
import { entriesOfBlock } from '../../renderer/replica/read-timeline.ts';
import type { ReplicaMemory } from '../../renderer/replica/memory-replica-store.ts';
import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';

/** What a replica holds, as its worker would read it. */
export type ReplicaContents = {
  cursor: Cursor | null;
  wanted: readonly string[];
  policy: PolicyVersion | null;
  agents: readonly Agent[];
  rows: ReadonlyMap<string, TicketRow>;
  entries: ReadonlyMap<string, Entry>;
};

type Records = ReplicaMemory['contents'];

/** Reads the records of a replica as they lie on the disk (S12). */
export function readReplica({ state, chunks, blocks, fresh, wanted }: Records): ReplicaContents {
  const rows = new Map<string, TicketRow>();
  const entries = new Map<string, Entry>();
  const known = state.get('state');
  for (const n of known?.chunks ?? []) {
    const chunk = chunks.get(n);
    if (chunk === undefined) continue;
    for (const [index, row] of rowsOfChunk(chunk).entries()) {
      const { id } = row.head;
      if (fresh.get(id)?.masks === true) continue;
      rows.set(id, row);
      const block = blocks.get(chunk.blocks[index] ?? 0);
      const theirs = block === undefined ? [] : (entriesOfBlock(block).get(id) ?? []);
      for (const entry of theirs) entries.set(entry.id, entry);
    }
  }
  for (const { id, row, entries: added } of fresh.values()) {
    if (row !== null) rows.set(id, row);
    for (const entry of added) entries.set(entry.id, entry);
  }
  return {
    cursor: known?.cursor ?? null,
    wanted: [...wanted.values()].toSorted((a, b) => a.n - b.n).flatMap(({ ids }) => ids),
    policy: known?.policy ?? null,
    agents: known?.agents ?? [],
    rows,
    entries,
  };
}
