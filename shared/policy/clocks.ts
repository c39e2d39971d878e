import type { ClockId, TicketHead } from '../tickets/head.ts';
import type { ClockState, TicketClock } from './clock.ts';
import {
  calendarFor,
  countedOn,
  dueForSeverity,
  dueOn,
  hoursMs,
  targetMs,
} from './compiled-policy.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { foldSeverity } from './severity-fold.ts';
import { severityRank } from './severity.ts';

/**
 * Every clock of a ticket, from its head row's facts and a policy version alone (C1 to C5). Never stored:
 * console, desk, tests and replay all call this.
 */
export function clocks(facts: TicketHead, policy: CompiledPolicy): TicketClock[] {
  return [
    responseClock(facts, policy),
    firstContactClock(facts, policy),
    nextReplyClock(facts, policy),
    progressUpdateClock(facts, policy),
    triageClock(facts, policy),
  ].filter((clock) => clock !== null);
}

/** C1: from submission to the first public reply, by severity. */
function responseClock(facts: TicketHead, policy: CompiledPolicy): TicketClock {
  const fromAt = facts.responseFromAt;
  const { responseFromStep: fromStep, responseEndStep: endStep } = facts;
  const folded = foldSeverity(facts, policy, { fromAt, fromStep, endStep }, 'C1');
  return finish(facts, {
    id: 'C1',
    state: stateOf(facts, facts.firstReplyAt),
    severity: folded.severity,
    calendar: calendarFor(folded.severity),
    fromAt,
    targetMs: targetMs(policy, folded.severity),
    dueAt: folded.dueAt,
    endedAt: facts.firstReplyAt,
    trace: folded.trace,
  });
}

/** C2: first contact within counted business hours, for what is uncategorised or a bug. */
function firstContactClock(facts: TicketHead, policy: CompiledPolicy): TicketClock | null {
  const { firstContactHours } = policy.document;
  const category = facts.category.value;
  if (firstContactHours === null || category === 'question') return null;
  const fromAt = facts.responseFromAt;
  const durationMs = hoursMs(firstContactHours);
  return finish(facts, {
    id: 'C2',
    state: stateOf(facts, facts.firstReplyAt),
    severity: facts.severity.value,
    calendar: 'business',
    fromAt,
    targetMs: durationMs,
    dueAt: dueOn(policy, 'business', fromAt, durationMs),
    endedAt: facts.firstReplyAt,
    trace: [{ rule: 'C2', at: fromAt, text: `${firstContactHours} counted business hours` }],
  });
}

/** C3: from the oldest customer message that nobody has answered, once C1 has ended. */
function nextReplyClock(facts: TicketHead, policy: CompiledPolicy): TicketClock | null {
  if (facts.firstReplyAt === null || facts.unanswered === null) return null;
  const { at: fromAt, fromStep } = facts.unanswered;
  const folded = foldSeverity(facts, policy, { fromAt, fromStep, endStep: null }, 'C3');
  return finish(facts, {
    id: 'C3',
    state: stateOf(facts, null),
    severity: folded.severity,
    calendar: calendarFor(folded.severity),
    fromAt,
    targetMs: targetMs(policy, folded.severity),
    dueAt: folded.dueAt,
    endedAt: null,
    trace: folded.trace,
  });
}

/** C4: a certified bug owes an update; waiting, resolving and closing pause it and keep counted time (C13). */
function progressUpdateClock(facts: TicketHead, policy: CompiledPolicy): TicketClock | null {
  if (facts.certifiedAt === null || facts.category.value !== 'bug') return null;
  const fromAt = Math.max(facts.certifiedAt, facts.lastReplyAt ?? 0);
  const durationMs = hoursMs(policy.document.progressUpdateDays * 24);
  let usedMs = 0;
  let runsFromAt: number | null = fromAt;
  for (const pause of facts.updatePauses) {
    if (runsFromAt !== null) usedMs += countedOn(policy, 'business', runsFromAt, pause.fromAt);
    runsFromAt = pause.toAt;
  }
  const state = stateOf(facts, null);
  const paused = runsFromAt === null;
  return {
    ...finish(facts, {
      id: 'C4',
      state: state === 'running' && paused ? 'paused' : state,
      severity: facts.severity.value,
      calendar: 'business',
      fromAt,
      targetMs: durationMs,
      dueAt:
        runsFromAt === null
          ? null
          : dueOn(policy, 'business', runsFromAt, Math.max(0, durationMs - usedMs)),
      endedAt: null,
      trace: [
        {
          rule: 'C4',
          at: fromAt,
          text: `an update every ${policy.document.progressUpdateDays} business days`,
        },
      ],
    }),
    usedMs,
  };
}

/** C5: untriaged while a severity above Low was asked for. */
function triageClock(facts: TicketHead, policy: CompiledPolicy): TicketClock | null {
  const asked = facts.asked
    .filter((each) => each.severity !== 'low')
    .map((each) => ({
      severity: each.severity,
      fromAt: Math.max(each.at, facts.submittedAt),
      dueAt: dueForSeverity(policy, each.severity, Math.max(each.at, facts.submittedAt)),
    }))
    .toSorted(
      (a, b) => a.dueAt - b.dueAt || severityRank(a.severity) - severityRank(b.severity),
    )[0];
  if (asked === undefined) return null;
  const endedAt = facts.triaged.value ? facts.triaged.at : null;
  return finish(facts, {
    id: 'C5',
    state: stateOf(facts, endedAt),
    severity: asked.severity,
    calendar: calendarFor(asked.severity),
    fromAt: asked.fromAt,
    targetMs: targetMs(policy, asked.severity),
    dueAt: asked.dueAt,
    endedAt,
    trace: [{ rule: 'C5', at: asked.fromAt, text: `the customer asked for ${asked.severity}` }],
  });
}

function stateOf(facts: TicketHead, endedAt: number | null): ClockState {
  if (endedAt !== null) return 'ended';
  if (facts.category.value === 'feature') return 'stopped';
  switch (facts.status.value) {
    case 'open':
    case 'waiting':
      return 'running';
    case 'resolved':
      return 'suspended';
    case 'closed':
      return 'excused';
  }
}

/** Adds what every clock has: recorded misses, and where a policy version put the due (C11, C14). */
function finish(
  facts: TicketHead,
  clock: Omit<TicketClock, 'missedDueAt' | 'usedMs'>,
): TicketClock {
  const moved = facts.policySteps.findLast(
    (step) => step.clock === clock.id && step.runFromAt === clock.fromAt,
  );
  return {
    ...clock,
    dueAt: moved?.dueAt ?? clock.dueAt,
    usedMs: 0,
    missedDueAt: firstMiss(facts, clock.id, clock.fromAt),
  };
}

function firstMiss(facts: TicketHead, id: ClockId, fromAt: number): number | null {
  const miss = facts.misses.find((each) => each.clock === id && each.runFromAt === fromAt);
  return miss?.dueAt ?? null;
}
