import { failpoint } from '../../shared/base/failpoint.ts';
import type { FreshTicket, ReplicaState, ReplicaTables } from './replica-store.ts';
import { emptyState } from './held.ts';
import type { Held, Known } from './held.ts';
import { otherWriter } from './store-errors.ts';
import { takeWanted } from './wanted.ts';
import type { WantedChange } from './wanted.ts';

/** A transaction under way: what it will have changed, while `held` still says what was before. */
export type Draft = {
  readonly held: Held;
  readonly tables: ReplicaTables;
  state: ReplicaState;
  /** Null for tickets that are known no more. */
  readonly known: Map<string, Known | null>;
  /** Null for records to be removed. */
  readonly fresh: Map<string, FreshTicket | null>;
  wanted: WantedChange | null;
};

/**
 * Changes the replica in one transaction (S1). What the step puts into its draft is written at its end, and known
 * to this worker once it is stored; a step that drafts nothing writes nothing.
 */
export async function change<T>(held: Held, step: (draft: Draft) => Promise<T>): Promise<T> {
  failpoint('replica.before-transaction');
  const { draft, result } = await held.store.write(async (tables) => {
    const [stored = emptyState] = await tables.state.get(['state']);
    if (stored.writes !== held.state.writes) throw otherWriter();
    const begun = begin(held, tables);
    const result = await step(begun);
    await save(begun);
    failpoint('replica.before-commit');
    return { draft: begun, result };
  });
  takeOver(held, draft);
  return result;
}

/** Empties the replica: another epoch, or a sign-in that was revoked (S7, S9). */
export async function clearReplica(held: Held): Promise<void> {
  await held.store.write(async ({ state, chunks, blocks, fresh, wanted }) => {
    for (const table of [state, chunks, blocks, fresh, wanted]) await table.clear();
  });
  held.state = emptyState;
  held.tickets.clear();
  held.count = 0;
  takeWanted(held.wanted, { clear: true, put: [], remove: [] });
}

/** What is known of a ticket within the transaction. */
export function knownIn(draft: Draft, ticketId: string): Known | undefined {
  const changed = draft.known.get(ticketId);
  return changed === undefined ? draft.held.tickets.get(ticketId) : (changed ?? undefined);
}

/** Fresh records as the transaction has them; empty ones where there are none. */
export async function freshIn(
  draft: Draft,
  ticketIds: readonly string[],
): Promise<Map<string, FreshTicket>> {
  const unread = ticketIds.filter(
    (id) => !draft.fresh.has(id) && draft.held.tickets.get(id)?.isFresh === true,
  );
  const read = unread.length === 0 ? [] : await draft.tables.fresh.get(unread);
  const stored = new Map(
    read.flatMap((record) => (record === undefined ? [] : [[record.id, record]])),
  );
  return new Map(
    ticketIds.map((id) => [
      id,
      draft.fresh.get(id) ?? stored.get(id) ?? { id, masks: false, row: null, entries: [] },
    ]),
  );
}

/** A number for a chunk or a block. */
export function newNumber(draft: Draft): number {
  const { nextNumber } = draft.state;
  draft.state = { ...draft.state, nextNumber: nextNumber + 1 };
  return nextNumber;
}

function begin(held: Held, tables: ReplicaTables): Draft {
  return { held, tables, state: held.state, known: new Map(), fresh: new Map(), wanted: null };
}

async function save(draft: Draft): Promise<void> {
  const { held, tables, known, fresh, wanted } = draft;
  if (draft.state === held.state && known.size === 0 && fresh.size === 0 && wanted === null) return;
  const records = [...fresh.values()].flatMap((record) => record ?? []);
  const gone = [...fresh].flatMap(([id, record]) => (record === null ? [id] : []));
  if (records.length > 0) await tables.fresh.put(records);
  if (gone.length > 0) await tables.fresh.remove(gone);
  if (wanted !== null) {
    if (wanted.clear) await tables.wanted.clear();
    if (wanted.remove.length > 0) await tables.wanted.remove(wanted.remove);
    if (wanted.put.length > 0) await tables.wanted.put(wanted.put);
  }
  draft.state = {
    ...draft.state,
    writes: draft.state.writes + 1,
    fresh: held.state.fresh + sum(known, held, (each) => each?.isFresh === true),
    wanted: held.state.wanted + (wanted === null ? 0 : added(held, wanted)),
  };
  await tables.state.put([draft.state]);
}

function takeOver(held: Held, { state, known, wanted }: Draft): void {
  held.count += sum(known, held, (each) => (each?.version ?? -1) >= 0);
  held.state = state;
  for (const [id, each] of known)
    if (each === null) held.tickets.delete(id);
    else held.tickets.set(id, each);
  if (wanted !== null) takeWanted(held.wanted, wanted);
}

/** By how many the tickets grow of which this is so. */
function sum(
  known: ReadonlyMap<string, Known | null>,
  held: Held,
  isSo: (known: Known | null | undefined) => boolean,
): number {
  let difference = 0;
  for (const [id, after] of known)
    difference += Number(isSo(after)) - Number(isSo(held.tickets.get(id)));
  return difference;
}

function added({ state, wanted }: Held, { clear, put, remove }: WantedChange): number {
  const arriving = put.reduce((total, { ids }) => total + ids.length, 0);
  if (clear) return arriving - state.wanted;
  const leaving = [...remove, ...put.map(({ n }) => n)];
  return arriving - leaving.reduce((total, n) => total + (wanted.blocks.get(n)?.length ?? 0), 0);
}
