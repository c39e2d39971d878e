import type { PolicyVersion } from '../../shared/policy/policy-document.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Cursor } from '../../shared/protocol/cursor.ts';
import type { Entry } from '../../shared/tickets/entry.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';

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
