import type { PolicyDocument } from '../../../shared/policy/policy-document.ts';
import type { Severity } from '../../../shared/policy/severity.ts';
import { slowCounted, slowDue } from './days.ts';
import { businessDue, isAroundTheClock, isWorse, severityDue, triageDue } from './dues.ts';
import type { Fact } from './dues.ts';
import {
  asks,
  before,
  categorising,
  classAt,
  closings,
  messages,
  ofKind,
  policyAt,
  replies,
  statusAt,
  submissionOf,
  upTo,
} from './history.ts';
import type { Happened, History } from './history.ts';

/** The five clocks by the text of C1 to C5 and C12 to C14, each from the whole history. */

export type OracleState = 'running' | 'paused' | 'suspended' | 'ended' | 'stopped' | 'excused';
export type OracleId = 'C1' | 'C2' | 'C3' | 'C4' | 'C5';
export const oracleIds: readonly OracleId[] = ['C1', 'C2', 'C3', 'C4', 'C5'];

export type OracleClock = {
  id: OracleId;
  state: OracleState;
  severity: Severity;
  aroundTheClock: boolean;
  fromAt: number;
  /** Null while paused. */
  dueAt: number | null;
  endedAt: number | null;
  /** What began the run: with the clock's name it names it. */
  version: number;
};

/** A clock by what happened, under the policy that is in force at its end. */
export function oracleClock(history: History, id: OracleId): OracleClock | null {
  return clockUnder(history, id, policyAt(history).document, factOf(history, id));
}

/** The fact of C14 that the policy in force brought, if any. */
function factOf(history: History, id: OracleId): (Fact & { run: number }) | null {
  const policy = policyAt(history);
  const earlier = before(history, policy.version);
  // The first policy found no clocks.
  if (ofKind(earlier, 'submitted').length === 0) return null;
  const old = waiting(oracleClock(resumed(earlier, policy), id));
  const next = waiting(clockUnder(resumed(earlier, policy), id, policy.document, null));
  const nextDueAt = next?.dueAt ?? null;
  if (next === null || nextDueAt === null) return null;
  if (nextDueAt >= policy.at || nextDueAt === old?.dueAt) return null;
  const wasPast = old !== null && old.dueAt !== null && old.dueAt < policy.at;
  return {
    run: next.version,
    version: policy.version,
    dueAt: wasPast ? (old.dueAt ?? policy.at) : policy.at,
  };
}

/** For C4, which has no due while paused: what it would be if it went on at the change. */
function resumed(history: History, { version, at }: Happened): History {
  const status = statusAt(history);
  if (status !== 'waiting' && status !== 'resolved') return history;
  return [...history, { version: version - 0.5, at, kind: 'status', status: 'open' }];
}

/** A clock that may still be met. */
function waiting(clock: OracleClock | null): OracleClock | null {
  return clock === null || clock.state === 'ended' || clock.state === 'excused' ? null : clock;
}

function clockUnder(
  history: History,
  id: OracleId,
  document: PolicyDocument,
  fact: (Fact & { run: number }) | null,
): OracleClock | null {
  switch (id) {
    case 'C1':
      return response(history, document, fact);
    case 'C2':
      return firstContact(history, document, fact);
    case 'C3':
      return nextReply(history, document, fact);
    case 'C4':
      return progressUpdate(history, document, fact);
    case 'C5':
      return triage(history, document, fact);
  }
}

type GivenFact = (Fact & { run: number }) | null;

/** A fact holds for the run that it was written for. */
function ownFact(fact: GivenFact, version: number): Fact | null {
  return fact?.run === version ? fact : null;
}

/**
 * C12 and C13: what became of a run that began at `version` and that `end` met, if anything did. A closing excuses
 * what is open, for good once the customer has written again.
 */
function stateOf(history: History, version: number, end: Happened | null): OracleState {
  const isForGood = isExcusedForGood(history, version, end);
  if (end !== null) return isForGood ? 'excused' : 'ended';
  if (categorising(history).category === 'feature') return 'stopped';
  if (isForGood || statusAt(history) === 'closed') return 'excused';
  return statusAt(history) === 'resolved' ? 'suspended' : 'running';
}

function isExcusedForGood(history: History, version: number, end: Happened | null): boolean {
  return closings(history).some(
    (closing) =>
      closing.version > version &&
      closing.forGoodAt !== null &&
      (end === null || end.version > closing.forGoodAt),
  );
}

function endedAt(state: OracleState, end: Happened | null): number | null {
  return state === 'ended' ? (end?.at ?? null) : null;
}

/** C1: from submission, or from the message after a closing without any reply (C13), to the first public reply. */
function response(history: History, document: PolicyDocument, fact: GivenFact): OracleClock {
  const submission = submissionOf(history);
  const end = replies(history)[0] ?? null;
  const anew = messages(history).findLast(
    ({ version }) =>
      statusAt(before(history, version)) === 'closed' &&
      replies(before(history, version)).length === 0,
  );
  const { receivedAt, version } = anew ?? submission;
  const run = { fromAt: receivedAt, version, endVersion: end?.version ?? null };
  const { given, dueAt } = severityDue(history, document, run, ownFact(fact, version));
  const state = stateOf(history, version, end);
  return {
    id: 'C1',
    state,
    severity: given.severity,
    aroundTheClock: isAroundTheClock(document, given),
    fromAt: receivedAt,
    dueAt,
    endedAt: endedAt(state, end),
    version,
  };
}

/** C2: from submission to the first public reply in business hours; none for questions. */
function firstContact(
  history: History,
  document: PolicyDocument,
  fact: GivenFact,
): OracleClock | null {
  if (document.firstContactHours === null) return null;
  if (categorising(history).category === 'question') return null;
  const { receivedAt, version } = submissionOf(history);
  const end = replies(history)[0] ?? null;
  const state = stateOf(history, version, end);
  return {
    id: 'C2',
    state,
    severity: classAt(history).severity,
    aroundTheClock: false,
    fromAt: receivedAt,
    dueAt:
      ownFact(fact, version)?.dueAt ??
      businessDue(document, receivedAt, document.firstContactHours),
    endedAt: endedAt(state, end),
    version,
  };
}

/** C3: from the oldest customer message after C1's end that nobody has answered. */
function nextReply(
  history: History,
  document: PolicyDocument,
  fact: GivenFact,
): OracleClock | null {
  const open = messages(history).find((message) => isUnanswered(history, message));
  if (open === undefined) return null;
  const { receivedAt, version } = open;
  const run = { fromAt: receivedAt, version, endVersion: null };
  const { given, dueAt } = severityDue(history, document, run, ownFact(fact, version));
  return {
    id: 'C3',
    state: stateOf(history, version, null),
    severity: given.severity,
    aroundTheClock: isAroundTheClock(document, given),
    fromAt: receivedAt,
    dueAt,
    endedAt: null,
    version,
  };
}

function isUnanswered(history: History, { version }: Happened): boolean {
  const isFirstAnswered = replies(before(history, version)).length > 0;
  const isAnswered = replies(history).some((each) => each.version > version);
  const isClosed = closings(history).some(
    (closing) => closing.version > version && !closing.takenBack,
  );
  const isSetAside = ofKind(history, 'no-reply-needed').some(
    (each) => each.version > version && !isTakenBack(history, each),
  );
  return isFirstAnswered && !isAnswered && !isClosed && !isSetAside;
}

/** "No reply needed" is undone by the next "reply needed". */
function isTakenBack(history: History, { version }: Happened): boolean {
  const next = history.find(
    (each) =>
      each.version > version && (each.kind === 'no-reply-needed' || each.kind === 'reply-needed'),
  );
  return next?.kind === 'reply-needed';
}

/** C4: every so many days of business time from the later of certification and last public reply, pauses left out. */
function progressUpdate(
  history: History,
  document: PolicyDocument,
  fact: GivenFact,
): OracleClock | null {
  const { category, by } = categorising(history);
  if (category !== 'bug' || by === null) return null;
  const last = replies(history).at(-1);
  const start = last !== undefined && last.version > by.version ? last : by;
  const state = stateOf(history, start.version, null);
  const isStill = statusAt(history) !== 'open';
  const walked = walk(history, document, start);
  return {
    id: 'C4',
    state: isStill && state === 'running' ? 'paused' : state,
    severity: classAt(history).severity,
    aroundTheClock: false,
    fromAt: start.at,
    dueAt: isStill ? null : goneOn(history, ownFact(fact, start.version), walked),
    endedAt: null,
    version: start.version,
  };
}

/** "No time is owed in a pause": what was kept at a change in one is due when the ticket is open again. */
function goneOn(history: History, own: Fact | null, walked: number | null): number | null {
  if (own === null) return walked;
  const change = history.find((each) => each.version === own.version);
  if (change === undefined || own.dueAt < change.at) return own.dueAt;
  if (statusAt(upTo(history, own.version)) === 'open') return own.dueAt;
  const opened = history.find(
    (each) => each.version > own.version && statusAt(upTo(history, each.version)) === 'open',
  );
  return opened?.at ?? own.dueAt;
}

/** From stretch to stretch in which the ticket was open, until the time is used up. */
function walk(history: History, document: PolicyDocument, start: Happened): number | null {
  let leftMs = document.progressUpdateDays * 24 * 3_600_000;
  const later = history.filter((each) => each.version > start.version);
  let openFrom: number | null = statusAt(upTo(history, start.version)) === 'open' ? start.at : null;
  for (const each of later) {
    const isOpen = statusAt(upTo(history, each.version)) === 'open';
    if (openFrom !== null && !isOpen) {
      const used = slowCounted(document, openFrom, each.at);
      if (used >= leftMs) return slowDue(document, openFrom, leftMs);
      leftMs -= used;
      openFrom = null;
    }
    if (openFrom === null && isOpen) openFrom = each.at;
  }
  return openFrom === null ? null : slowDue(document, openFrom, leftMs);
}

/** C5: while nobody has triaged it since more than Low was asked for. */
function triage(history: History, document: PolicyDocument, fact: GivenFact): OracleClock | null {
  const runs = triageRuns(history);
  const run = runs.at(-1);
  if (run === undefined) return null;
  const binds = triageDue(history, document, run.asks);
  if (binds === null) return null;
  const version = run.asks[0] ?? 0;
  const own = ownFact(fact, version);
  // What was asked for after a policy change, and is nearer, binds by itself.
  const moved = own !== null && binds.version < own.version ? own : null;
  // Excused for good it is gone: nobody waits for a look at what was asked for then.
  if (isExcusedForGood(history, version, run.end)) return null;
  const state = stateOf(history, version, run.end);
  return {
    id: 'C5',
    state,
    severity: binds.severity,
    aroundTheClock: binds.severity === 'critical',
    fromAt: binds.fromAt,
    dueAt: moved?.dueAt ?? binds.dueAt,
    endedAt: endedAt(state, run.end),
    version,
  };
}

type TriageRun = { asks: number[]; end: Happened | null };

/** Asks gather until somebody triages; later only one above the ticket's severity wants a new look. */
function triageRuns(history: History): TriageRun[] {
  const runs: TriageRun[] = [];
  const triages = ofKind(history, 'severity');
  for (const ask of asks(history)) {
    const run = runs.at(-1);
    const triagedBefore = triages.findLast((each) => each.version < ask.version);
    const isOpen =
      run !== undefined && !triages.some((each) => isBetween(each, run.asks[0], ask.version));
    const isExcused =
      isOpen &&
      closings(history).some(
        (each) => each.forGoodAt !== null && isBetween(each, run.asks[0], ask.version),
      );
    if (isOpen && !isExcused) run.asks.push(ask.version);
    else if (isExcused || triagedBefore === undefined)
      runs.push({ asks: [ask.version], end: null });
    else if (isWorse(ask.severity, classAt(before(history, ask.version)).severity))
      runs.push({ asks: [ask.version], end: null });
  }
  return runs.map((run) => ({
    ...run,
    end: triages.find((each) => each.version > (run.asks[0] ?? 0)) ?? null,
  }));
}

function isBetween({ version }: { version: number }, from: number | undefined, to: number) {
  return from !== undefined && version > from && version < to;
}
