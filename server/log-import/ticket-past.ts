import { v7 } from 'uuid';
import { DAY_MS } from '../../shared/base/time.ts';
import { ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { compilePolicy, dueOn } from '../../shared/policy/compiled-policy.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { buildDayTable } from '../../shared/policy/day-table.ts';
import { defaultPolicyDocument } from '../../shared/policy/policy-document.ts';
import type { PolicyDocument } from '../../shared/policy/policy-document.ts';
import { settled } from '../../shared/policy/settle.ts';
import { apply } from '../../shared/tickets/apply.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { receiveMessage, submit } from '../../shared/tickets/intake.ts';
import type { CustomerMessage, Submission } from '../../shared/tickets/intake.ts';
import type { Refusal } from '../../shared/tickets/outcome.ts';
import type { ImportedTicket } from '../store/imported-ticket.ts';

/**
 * Builds a ticket's past by the functions that the desk itself lives by, so that its facts are true to policy.
 * Versions are 0: the desk gives the ticket its place in its own order when it takes it in (S1).
 */

const version = 0;

/** A month holds the default targets with their Sundays, and a change of zone. */
const AHEAD_MS = 31 * DAY_MS;
/** A document that was checked ends its targets in two years; this only ends the search. */
const MOST_AHEAD_MS = 64 * AHEAD_MS;

/**
 * A policy with days for the whole of a past and as long as its longest due reaches ahead of that: misses are
 * recorded by it (C11). The default one, unless a document is given.
 */
export function policyForPast(
  fromAt: number,
  untilAt: number,
  document: PolicyDocument = defaultPolicyDocument,
): CompiledPolicy {
  for (let aheadMs = AHEAD_MS; ; aheadMs *= 4) {
    const policy = compilePolicy({
      version,
      rules: 1,
      rulesAt: 0,
      agentId: null,
      document,
      days: buildDayTable(document.timeZone, Math.max(0, fromAt - 2 * DAY_MS), untilAt + aheadMs),
    });
    if (reaches(policy, untilAt) || aheadMs >= MOST_AHEAD_MS) return policy;
  }
}

/** Has every target that begins by then its due within the table? */
function reaches(policy: CompiledPolicy, untilAt: number): boolean {
  const { targetsMs, firstContactMs, progressUpdateMs } = policy;
  const longest = Math.max(...Object.values(targetsMs), firstContactMs ?? 0, progressUpdateMs);
  return Number.isFinite(dueOn(policy, 'business', untilAt, longest));
}

/** A command's id for an instant of the past, from passed-in randomness (UUIDv7, S2). */
export function pastCommandId(atMs: number, random: () => number): string {
  const bytes = new Uint8Array(16);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = Math.floor(random() * 256);
  return v7({ msecs: atMs, random: bytes });
}

export function beginPast(submission: Submission): ImportedTicket {
  return submit(submission, { version, acceptedAt: submission.receivedAt });
}

export type PastAct = {
  /** Accepted and written then, ms since epoch. Not before anything already in the past. */
  at: number;
  agent: { id: string; name: string };
  consoleId: string;
  commandId: string;
};

/** Something that an agent did. What was missed by then is recorded first (C11). */
export function actInPast(
  past: ImportedTicket,
  action: Action,
  act: PastAct,
  policy: CompiledPolicy,
): Result<ImportedTicket, Refusal> {
  const applied = apply(settled(past.head, policy, act.at), action, {
    version,
    acceptedAt: act.at,
    writtenAt: act.at,
    agentId: act.agent.id,
    agentName: act.agent.name,
    role: 'agent',
    consoleId: act.consoleId,
    commandId: act.commandId,
  });
  if (!applied.ok) return applied;
  return ok({
    head: applied.value.head,
    entries: [...past.entries, ...applied.value.entries],
  });
}

/** Something that the customer wrote. */
export function hearInPast(
  past: ImportedTicket,
  message: CustomerMessage,
  policy: CompiledPolicy,
): ImportedTicket {
  const heard = receiveMessage(settled(past.head, policy, message.receivedAt), message, {
    version,
    acceptedAt: message.receivedAt,
  });
  return { head: heard.head, entries: [...past.entries, ...heard.entries] };
}

/** The past up to an instant: what is missed by then is recorded (C11). */
export function endPast(past: ImportedTicket, policy: CompiledPolicy, at: number): ImportedTicket {
  return { head: settled(past.head, policy, at), entries: past.entries };
}
