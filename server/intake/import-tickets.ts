import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { settled } from '../../shared/policy/settle.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { ImportedTicket } from '../store/imported-ticket.ts';
import type { Writing } from '../store/contract.ts';
import { startBatch } from '../sync/batch.ts';
import type { Batch } from '../sync/batch.ts';
import type { PushParts } from '../sync/push.ts';

export type Import = {
  tickets: readonly ImportedTicket[];
  agents: readonly Omit<Agent, 'version'>[];
  /** Marks the desk as one of invented tickets. */
  demo: boolean;
};

export type Imported = { tickets: number; agents: number; version: number };
export type ImportFault = { kind: 'already-there' | 'twice'; message: string };

/** Tickets in one statement: parameters of many megabytes help nobody. */
const CHUNK = 1_000;

/**
 * Takes tickets with their past, each by one version that its head and entries get; stamps inside stay as they
 * are. All or nothing: an id or reference that is there already refuses the whole.
 */
export async function importTickets(
  { store, policies, around, committed }: PushParts,
  given: Import,
): Promise<Result<Imported, ImportFault>> {
  const twice = firstTwice(given.tickets);
  if (twice !== null) return err({ kind: 'twice', message: `${twice} is in the import twice` });
  const { result, counter } = await store.write(async (writing) => {
    const taken = await firstTaken(writing, given.tickets);
    if (taken !== null)
      return {
        result: err({ kind: 'already-there' as const, message: `${taken} is there already` }),
        counter: writing.locked,
      };
    let batch = startBatch(writing.locked, around);
    const policy = await policies.forBatch(batch, writing, oldestOf(given.tickets));
    const agents = await addAgents(batch, writing, given.agents);
    batch.setCounter({
      nextReference: Math.max(batch.counter().nextReference, afterReferences(given.tickets)),
      demo: batch.counter().demo || given.demo,
    });
    for (const [index, { head, entries }] of given.tickets.entries()) {
      if (index > 0 && index % CHUNK === 0) {
        await writing.save(batch.changes(policy));
        batch = startBatch(batch.counter(), around);
      }
      const { version, acceptedAt } = batch.take();
      batch.putNewTicket(
        { ...settled(head, policy, acceptedAt), version },
        entries.map((entry, place) => ({ ...entry, version, id: placedId(head.id, place) })),
      );
    }
    await writing.save(batch.changes(policy));
    const { version } = batch.counter();
    return {
      result: ok({ tickets: given.tickets.length, agents, version }),
      counter: batch.counter(),
    };
  });
  committed(counter);
  return result;
}

/** Entries of one version and instant are in the order of their ids, so an import's ids follow its own order. */
function placedId(ticketId: string, place: number): string {
  return `${ticketId}/${String(place).padStart(6, '0')}`;
}

/** Agents that are known already stay as they are. */
async function addAgents(
  batch: Batch,
  writing: Writing,
  agents: Import['agents'],
): Promise<number> {
  const known = new Set((await writing.agents()).map((record) => record.agent.id));
  const added = agents.filter((agent) => !known.has(agent.id));
  for (const agent of added) {
    const { version } = batch.take();
    batch.rest.agents.push({ agent: { ...agent, version }, tokenHash: null });
  }
  return added.length;
}

function firstTwice(tickets: readonly ImportedTicket[]): string | null {
  const seen = new Set<string>();
  for (const { head } of tickets) {
    // A kind before each, as a reference may read like another's id.
    const names = [`t ${head.id}`, `r ${head.reference}`];
    for (const name of names) {
      if (seen.has(name)) return name.slice(2);
      seen.add(name);
    }
  }
  return null;
}

async function firstTaken(
  writing: Writing,
  tickets: readonly ImportedTicket[],
): Promise<string | null> {
  for (let start = 0; start < tickets.length; start += CHUNK) {
    const chunk = tickets.slice(start, start + CHUNK);
    const [taken] = await writing.taken({
      ticketIds: chunk.map(({ head }) => head.id),
      references: chunk.map(({ head }) => head.reference),
      // They follow from the ticket's id.
      entryIds: [],
    });
    if (taken !== undefined) return taken;
  }
  return null;
}

function oldestOf(tickets: readonly ImportedTicket[]): number | null {
  let oldest: number | null = null;
  for (const { head } of tickets) oldest = Math.min(oldest ?? head.submittedAt, head.submittedAt);
  return oldest;
}

/** The first number after those of imported references of our own form. */
function afterReferences(tickets: readonly ImportedTicket[]): number {
  let next = 0;
  for (const { head } of tickets) {
    const number = /^VH-(\d{1,9})$/.exec(head.reference)?.[1];
    if (number !== undefined) next = Math.max(next, Number(number) + 1);
  }
  return next;
}
