import { settled } from '../../shared/policy/settle.ts';
import { compilePolicy } from '../../shared/policy/compiled-policy.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { caughtUp } from '../../shared/policy/policy-change.ts';
import type { PushAnswer } from '../../shared/protocol/push.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Action, Command } from '../../shared/tickets/command.ts';
import { decide } from '../../shared/tickets/decide.ts';
import { maySee } from '../../shared/tickets/may-see.ts';
import type { TicketHead } from '../../shared/tickets/head.ts';
import type { Outcome } from '../../shared/tickets/outcome.ts';
import { missingBlob } from '../../shared/protocol/blobs.ts';
import { knownFiles } from '../blobs/named-blobs.ts';
import type { KnownFiles } from '../blobs/named-blobs.ts';
import type { Writing } from '../store/contract.ts';
import type { LedgerRow } from '../store/rows.ts';
import { sightChanges } from '../store/sight.ts';
import type { Batch, Place } from './batch.ts';
import { heldGroups } from './held-groups.ts';
import type { HeldGroups } from './held-groups.ts';
import type { Push } from './parse-commands.ts';

/** What the batch decides by and on: read under the counter's lock, then kept up to date in memory (S2). */
type Desk = {
  batch: Batch;
  policy: CompiledPolicy;
  /** The rules before those in force; null where there were none, or nothing needs them. */
  earlier: CompiledPolicy | null;
  ledger: Map<string, LedgerRow>;
  heads: Map<string, TicketHead>;
  held: HeldGroups;
  files: KnownFiles;
  /** Who pushes, with the rights of now: what was known at sign-in may be older (S14). */
  agents: Map<string, Agent>;
};

/**
 * Decides on the commands of several pushes in order and puts what comes of it into the batch (S2, S3). Answers
 * each push by itself. What is decided already is answered from the ledger and changes nothing.
 */
export async function decideBatch(
  pushes: readonly Push[],
  batch: Batch,
  writing: Writing,
  policy: CompiledPolicy,
): Promise<PushAnswer[][]> {
  const commands = pushes.flatMap((push) =>
    push.commands.flatMap((each) => (each.kind === 'command' ? [each.command] : [])),
  );
  const asked = new Set(commands.flatMap(({ id, after }) => (after === null ? [id] : [id, after])));
  const ledger = byId(await writing.ledger([...asked]), (row) => row.commandId);
  const undecided = pushes.flatMap(({ agent, commands: pushed }) =>
    pushed.flatMap((each) =>
      each.kind === 'command' && !ledger.has(each.command.id)
        ? [{ agent, command: each.command }]
        : [],
    ),
  );
  const fresh = undecided.map(({ command }) => command);
  const tickets = [...new Set(commands.map((command) => command.ticketId))];
  const needsEarlier = policy.rules > 1 && fresh.some(({ action }) => takesUp(action));
  const desk: Desk = {
    batch,
    policy,
    earlier: needsEarlier ? await earlierRules(writing, policy) : null,
    ledger,
    heads: byId(await writing.heads(tickets), (head) => head.id),
    held: heldGroups(fresh.length === 0 ? [] : await writing.openHeld(fresh)),
    files: await knownFiles(writing, undecided),
    agents: byId(await agentsOf(writing, pushes), (agent) => agent.id),
  };
  return pushes.map((push) =>
    push.commands.map((each) =>
      each.kind === 'command' ? answer(desk, push, each.index, each.command) : each,
    ),
  );
}

function answer(desk: Desk, push: Push, index: number, command: Command): PushAnswer {
  const known = desk.ledger.get(command.id);
  if (known !== undefined) {
    const isOwn = known.agentId === command.agentId && known.consoleId === command.consoleId;
    return isOwn
      ? { kind: 'decided', commandId: command.id, outcome: tellable(desk, push, known) }
      : { kind: 'unreadable', index, message: 'id: belongs to a command of another console' };
  }
  if (command.after !== null && !desk.ledger.has(command.after))
    return { kind: 'not-yet', commandId: command.id, missing: `after ${command.after}` };
  const fileFault = desk.files(command);
  if (fileFault?.kind === 'missing')
    return { kind: 'not-yet', commandId: command.id, missing: missingBlob(fileFault.hash) };
  const outcome = decideOne(desk, push, command);
  const row: LedgerRow = {
    commandId: command.id,
    agentId: command.agentId,
    consoleId: command.consoleId,
    seq: command.seq,
    ticketId: command.ticketId,
    outcome,
    resolution: null,
  };
  desk.ledger.set(command.id, row);
  desk.batch.rest.ledger.push(row);
  return { kind: 'decided', commandId: command.id, outcome };
}

function decideOne(desk: Desk, push: Push, command: Command): Outcome {
  const place = desk.batch.take();
  const stored = desk.heads.get(command.ticketId);
  if (stored === undefined || !sees(desk, push, stored)) {
    // Whoever lost a ticket may still let go of what is held on it (S14).
    if (discardsGroup(desk, command)) {
      const discarded: Outcome = { kind: 'applied', ...place };
      keepGroups(desk, command, discarded);
      return discarded;
    }
    return {
      kind: 'refused',
      ...place,
      refusal: { code: 'no-such-ticket', message: 'There is no such ticket for you on this desk.' },
    };
  }
  const fileFault = desk.files(command);
  if (fileFault !== null)
    return {
      kind: 'refused',
      ...place,
      refusal: { code: 'bad-command', message: 'It names a file with another size than it has.' },
    };
  // Misses stand before the command takes effect (C11).
  const head = settled(stored, desk.policy, place.acceptedAt);
  const decision = decide(head, command, {
    ...place,
    agentName: push.agent.name,
    role: desk.agents.get(push.agent.id)?.role ?? push.agent.role,
    openHeld: desk.held.ids(command),
  });
  // What the command ended late is known now (C11).
  const next = decision.applied
    ? settled(takenUp(desk, command, decision.applied.head), desk.policy, place.acceptedAt)
    : withVersion(head, stored, place);
  if (next !== stored) {
    desk.heads.set(next.id, next);
    desk.batch.putTicket(next, decision.applied?.entries ?? []);
    desk.batch.rest.sight.push(...sightChanges(stored, next));
  }
  keepGroups(desk, command, decision.outcome);
  return decision.outcome;
}

/** Is the ticket the pushing agent's to see, by the rights of now (S14)? */
function sees(desk: Desk, { agent }: Push, { teamId, assignee }: TicketHead): boolean {
  const viewer = desk.agents.get(agent.id);
  return viewer !== undefined && maySee(viewer, { teamId, assigneeId: assignee.value });
}

function discardsGroup(desk: Desk, command: Command): boolean {
  const { action } = command;
  if (action.kind !== 'decide' || action.held.some(({ as }) => as !== 'discarded')) return false;
  const open = desk.held.ids(command);
  const named = new Set(action.held.map(({ id }) => id));
  return named.size === open.length && open.every((id) => named.has(id));
}

/** An outcome that was given before, without what others did on a ticket that is out of sight by now (S14). */
function tellable(desk: Desk, push: Push, { ticketId, outcome }: LedgerRow): Outcome {
  const head = desk.heads.get(ticketId);
  if (outcome.kind !== 'superseded' || (head !== undefined && sees(desk, push, head)))
    return outcome;
  return { ...outcome, standing: '', standingAgentId: null };
}

async function agentsOf(writing: Writing, pushes: readonly Push[]): Promise<Agent[]> {
  const ids = [...new Set(pushes.map(({ agent }) => agent.id))];
  const found = await Promise.all(ids.map((id) => writing.agent(id)));
  return found.filter((agent) => agent !== null);
}

/** What clocks go on by this is caught up with the rules that changed meanwhile (C14). */
function takenUp(desk: Desk, { action }: Command, head: TicketHead): TicketHead {
  return desk.earlier !== null && takesUp(action)
    ? caughtUp(head, desk.earlier, desk.policy)
    : head;
}

/** Can it make a clock go on that stood still, or was none? */
function takesUp({ kind }: Action): boolean {
  return (
    kind === 'reopen' ||
    kind === 'reply-needed' ||
    kind === 'undo-conversion' ||
    kind === 'set-category'
  );
}

/** A command without effect may still have found a miss; the row that says so needs the command's version. */
function withVersion(head: TicketHead, stored: TicketHead, place: Place): TicketHead {
  return head === stored ? stored : { ...head, version: place.version };
}

function keepGroups(desk: Desk, command: Command, outcome: Outcome): void {
  if (outcome.kind === 'held') desk.held.add(command, command.id);
  if (command.action.kind !== 'decide') return;
  if (outcome.kind !== 'applied' && outcome.kind !== 'merged') return;
  for (const { id, as } of command.action.held)
    desk.batch.rest.resolutions.push({ commandId: id, resolution: as });
  desk.held.close(command);
}

function byId<T>(rows: readonly T[], idOf: (row: T) => string): Map<string, T> {
  return new Map(rows.map((row) => [idOf(row), row]));
}

async function earlierRules(
  writing: Writing,
  { rules }: CompiledPolicy,
): Promise<CompiledPolicy | null> {
  const found = (await writing.policies()).findLast((policy) => policy.rules === rules - 1);
  return found === undefined ? null : compilePolicy(found);
}
