import type { Agent } from '../../shared/protocol/agent.ts';
import { startBatch } from '../sync/batch.ts';
import type { PushParts } from '../sync/push.ts';

export type NewAgent = Omit<Agent, 'version' | 'teamIds'> & {
  /** Null for every team that has a ticket. */
  teamIds: string[] | null;
};

/** Adds an agent, or changes the one of that id, by a version of its own. */
export async function putAgent(
  { store, policies, around, committed }: PushParts,
  given: NewAgent,
  tokenHash: string | null,
): Promise<Agent> {
  const { agent, counter } = await store.write(async (writing) => {
    const batch = startBatch(writing.locked, around);
    const policy = await policies.forBatch(batch, writing, null);
    const teamIds = given.teamIds ?? [...(await writing.teamIds())].toSorted();
    const made: Agent = { ...given, teamIds, version: batch.take().version };
    batch.rest.agents.push({ agent: made, tokenHash });
    await writing.save(batch.changes(policy));
    return { agent: made, counter: batch.counter() };
  });
  committed(counter);
  return agent;
}

/** An id made of a name, such as `mara-lind`, with a number where it is taken. */
export function agentIdFor(name: string, taken: ReadonlySet<string>): string {
  const base =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 40) || 'agent';
  let id = base;
  for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`;
  return id;
}
