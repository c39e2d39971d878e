import { failpoint } from '../../shared/base/failpoint.ts';
import type { PushAnswer } from '../../shared/protocol/push.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { Store } from '../store/contract.ts';
import type { Counter } from '../store/rows.ts';
import type { Surroundings } from '../surroundings.ts';
import { startBatch } from './batch.ts';
import { decideBatch } from './decide-batch.ts';
import type { Push } from './parse-commands.ts';

export type PushParts = {
  store: Store;
  policies: PolicyInForce;
  around: Surroundings;
  /** Told the counter after each commit. */
  committed: (counter: Counter) => void;
};

/**
 * Decides on several pushes in one transaction. If the store fails at it, each command is tried by itself, so
 * that one does not fail the rest (S2).
 */
export async function pushTogether(
  parts: PushParts,
  pushes: readonly Push[],
): Promise<PushAnswer[][]> {
  try {
    return await inOneTransaction(parts, pushes);
  } catch (error) {
    parts.around.log(`push: a batch failed and is tried one by one (${reason(error)})`);
    return oneByOne(parts, pushes);
  }
}

async function inOneTransaction(
  { store, policies, around, committed }: PushParts,
  pushes: readonly Push[],
): Promise<PushAnswer[][]> {
  const { answers, counter } = await store.write(async (writing) => {
    const batch = startBatch(writing.locked, around);
    const policy = await policies.forBatch(batch, writing, null);
    const decided = await decideBatch(pushes, batch, writing, policy);
    if (batch.counter() !== writing.locked) await writing.save(batch.changes(policy));
    failpoint('desk.before-commit');
    return { answers: decided, counter: batch.counter() };
  });
  failpoint('desk.after-commit');
  committed(counter);
  return answers;
}

async function oneByOne(parts: PushParts, pushes: readonly Push[]): Promise<PushAnswer[][]> {
  const all: PushAnswer[][] = [];
  for (const push of pushes) {
    const answers: PushAnswer[] = [];
    for (const each of push.commands) {
      const [answer] = await single(parts, { ...push, commands: [each] });
      if (answer !== undefined) answers.push(answer);
    }
    all.push(answers);
  }
  return all;
}

/** One command in a transaction of its own; refused where it is itself what the store cannot take. */
async function single(parts: PushParts, push: Push): Promise<PushAnswer[]> {
  try {
    return (await inOneTransaction(parts, [push])).flat();
  } catch (error) {
    if (!parts.store.isDataFault(error)) throw error;
    parts.around.log(`push: a command could not be stored (${reason(error)})`);
    return refuse(parts, push);
  }
}

/** Refused for good, so that the console's journal does not wait behind it for ever. */
async function refuse({ store, around, committed }: PushParts, push: Push): Promise<PushAnswer[]> {
  const [each] = push.commands;
  if (each?.kind !== 'command') return [];
  const { command } = each;
  const { outcome, counter } = await store.write(async (writing) => {
    const batch = startBatch(writing.locked, around);
    const refused = {
      kind: 'refused',
      ...batch.take(),
      refusal: { code: 'bad-command', message: 'The desk could not store this change.' },
    } as const;
    batch.rest.ledger.push({
      commandId: command.id,
      agentId: command.agentId,
      consoleId: command.consoleId,
      seq: command.seq,
      ticketId: command.ticketId,
      outcome: refused,
      resolution: null,
    });
    await writing.save(batch.changesWithoutTickets());
    return { outcome: refused, counter: batch.counter() };
  });
  committed(counter);
  return [{ kind: 'decided', commandId: command.id, outcome }];
}

function reason(error: unknown): string {
  // The code only: a database's message can quote what was to be written (X4).
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.name : 'unknown';
}
