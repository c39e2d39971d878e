import type { Miss, Run, TicketHead } from '../tickets/head.ts';
import { isExcused, isSameRun } from '../tickets/runs.ts';
import { clockIds } from './clock-id.ts';
import type { ClockId } from './clock-id.ts';
import type { ClockState } from './clock.ts';
import { countedOn } from './compiled-policy.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { reckon } from './reckon.ts';
import type { Reckoned } from './reckon.ts';
import { finite } from './severity-fold.ts';
import { severities } from './severity.ts';
import type { Severity } from './severity.ts';

/** `lifted`: another category, or a policy without this clock, took it away before anything ended it. */
type RunState = ClockState | 'lifted';

/** One run of a clock, as a report counts it. A ticket has several of C3 and C4, and of C1 and C5 after reopening. */
export type ClockRun = {
  clock: ClockId;
  run: Run;
  state: RunState;
  /** While it counts its severity now; then the one it had when it ended (W8). */
  severity: Severity;
  /** ms since epoch; null while it is paused. */
  dueAt: number | null;
  /** When it ended, or when what is on record as missed was over; null while it goes on or rests. */
  endedAt: number | null;
  /** The due on record as missed (C11). */
  missedDueAt: number | null;
  /** How late it ended, ms; null where it was not missed, or has not ended. */
  late: { wallMs: number; countedMs: number } | null;
};

/** What a report says of a run: missed once is missed (C11), else met, else how it stands. */
export const runOutcomes = [
  'met',
  'missed',
  'running',
  'paused',
  'suspended',
  'stopped',
  'excused',
  'lifted',
] as const;
export type RunOutcome = (typeof runOutcomes)[number];

export function outcomeOf({ state, missedDueAt }: ClockRun): RunOutcome {
  if (missedDueAt !== null) return 'missed';
  return state === 'ended' ? 'met' : state;
}

/**
 * The runs of a ticket's clocks after one more event, from those after the event before; none before the first. To be
 * called after each event with the head that it left, settled before it (C11), and with its instant (ms since epoch):
 * a head keeps its misses, but of what was met only the newest run. Whether a run was missed is on record and is not
 * derived; a run whose end is taken back, such as by reopening or by "reply needed", goes on.
 */
export function followRuns(
  known: readonly ClockRun[],
  head: TicketHead,
  policy: CompiledPolicy,
  at: number,
): ClockRun[] {
  const current = clockIds.flatMap((clock) => {
    const reckoned = reckon(head, policy, clock);
    return reckoned === null ? [] : [{ clock, reckoned }];
  });
  const isCurrent = (each: ClockRun): boolean =>
    current.some(({ clock, reckoned }) => isOf(each, clock, reckoned.run));
  const runs = known.map((each) => (isCurrent(each) ? each : withoutClock(each, head, at)));
  for (const { clock, reckoned } of current) {
    const place = runs.findIndex((each) => isOf(each, clock, reckoned.run));
    const before = runs[place];
    const now = asItStands(before ?? null, clock, reckoned);
    if (before === undefined) runs.push(now);
    else runs[place] = now;
  }
  for (const miss of head.misses) {
    const place = runs.findIndex((each) => isOf(each, miss.clock, miss.run));
    const missed = withMiss(runs[place] ?? onlyMissed(miss), miss, policy);
    if (place === -1) runs.push(missed);
    else runs[place] = missed;
  }
  return runs;
}

function isOf(each: ClockRun, clock: ClockId, run: Run): boolean {
  return each.clock === clock && isSameRun(each.run, run);
}

/** A run that is still its clock's. */
function asItStands(before: ClockRun | null, clock: ClockId, reckoned: Reckoned): ClockRun {
  const { run, state, severity, dueAt, endedAt } = reckoned;
  const isOver = state === 'ended' || state === 'excused';
  const wasOver = before?.state === state || before?.state === 'excused';
  // What is over keeps its severity and due, whatever becomes of the ticket; an answer after closing meets nothing.
  if (before !== null && isOver && wasOver) return before;
  const counts = state === 'running' || state === 'paused' || state === 'suspended';
  return {
    clock,
    run,
    state,
    // The event that ends a clock may lower the ticket, too (W5): it counts as what it was.
    severity: counts || before === null ? severity : before.severity,
    dueAt: dueAt === null ? null : finite(dueAt),
    endedAt,
    missedDueAt: before?.missedDueAt ?? null,
    late: null,
  };
}

/** A run that is not its clock's any more: something ended it, or took the clock away. */
function withoutClock(each: ClockRun, head: TicketHead, at: number): ClockRun {
  if (each.state === 'ended' || each.state === 'excused' || each.state === 'lifted') return each;
  return { ...each, state: leftState(each, head, at), endedAt: at };
}

function leftState({ clock, run }: ClockRun, head: TicketHead, at: number): RunState {
  // A reply, "no reply needed" and closing end it (C3, C13); nothing else takes it away.
  if (clock === 'C3') return 'ended';
  const isAnswered = head.lastReplyAt === at && head.lastReplyVersion === head.version;
  if (clock === 'C4' && isAnswered) return 'ended';
  if (isExcused(head, run)) return 'excused';
  return head.category.value === 'feature' ? 'stopped' : 'lifted';
}

/** A run of which nothing but its miss is known: its ticket came with a past. */
function onlyMissed({ clock, run, severity, dueAt, endedAt }: Miss): ClockRun {
  const state = endedAt === null ? 'running' : 'ended';
  return { clock, run, state, severity, dueAt, endedAt, missedDueAt: dueAt, late: null };
}

function withMiss(each: ClockRun, miss: Miss, policy: CompiledPolicy): ClockRun {
  const endedAt = each.endedAt ?? miss.endedAt;
  const late =
    miss.late ??
    (endedAt === null
      ? null
      : {
          wallMs: Math.max(0, endedAt - miss.dueAt),
          countedMs: countedOn(policy, miss.calendar, miss.dueAt, endedAt),
        });
  return { ...each, endedAt, missedDueAt: miss.dueAt, late };
}

/** How many runs of a clock and severity came out how. */
export type AttainmentRow = {
  severity: Severity;
  clock: ClockId;
  counts: Readonly<Record<RunOutcome, number>>;
};

/** Counts runs by severity, worst first, and clock (W8); only what there is. */
export function attainment(runs: readonly ClockRun[]): AttainmentRow[] {
  return severities.flatMap((severity) =>
    clockIds.flatMap((clock) => {
      const counts = countOutcomes(
        runs.filter((each) => each.severity === severity && each.clock === clock),
      );
      return runOutcomes.some((outcome) => counts[outcome] > 0)
        ? [{ severity, clock, counts }]
        : [];
    }),
  );
}

export function countOutcomes(runs: readonly ClockRun[]): Record<RunOutcome, number> {
  const counts: Record<RunOutcome, number> = {
    met: 0,
    missed: 0,
    running: 0,
    paused: 0,
    suspended: 0,
    stopped: 0,
    excused: 0,
    lifted: 0,
  };
  for (const each of runs) counts[outcomeOf(each)] += 1;
  return counts;
}

/** Met of what was met or missed, 0 to 1; null where nothing was. */
export function metShare({ met, missed }: Pick<AttainmentRow['counts'], 'met' | 'missed'>) {
  return met + missed === 0 ? null : met / (met + missed);
}
