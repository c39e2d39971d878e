import {
  attainment,
  countOutcomes,
  metShare,
  outcomeOf,
  runOutcomes,
} from '../../shared/policy/attainment.ts';
import type { AttainmentRow, ClockRun } from '../../shared/policy/attainment.ts';
import { clockIds } from '../../shared/policy/clock-id.ts';
import { hoursMinutes, zonedTime } from '../cli/local-words.ts';
import { table } from '../cli/table.ts';
import type { ReadLog, Replay } from './replay-log.ts';
import { spreadOf } from './spread.ts';

/** What a replay shows, in lines for a person. The same log and policy give the same lines, on every machine. */
export function replayReport(log: ReadLog, replay: Replay, timeZone: string): string[] {
  const when = zonedTime(timeZone);
  const { cases, taken, begunInTheMiddle } = replay;
  return [
    `${log.rows} events of ${cases.length} cases, ${when(log.fromAt)} to ${when(log.untilAt)}`,
    `Times are ${timeZone}, lengths are hours:minutes.`,
    `${taken} events taken, ${log.rows - log.events.length} duplicates merged, ${sum(Object.values(replay.skippedBecause))} skipped`,
    ...skipped(replay),
    ...(begunInTheMiddle > 0
      ? [`${begunInTheMiddle} cases begin in the middle: their first event is the submission`]
      : []),
    '',
    'Attainment, by the severity that a clock had when it ended, and how the others stand at the end',
    ...attained(cases.flatMap(({ runs }) => runs)),
    '',
    ...misses(replay, when),
    '',
    ...waiting(replay),
  ];
}

function skipped({ skippedBecause }: Replay): string[] {
  return Object.entries(skippedBecause)
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([why, count]) => `  ${count} skipped: ${why}`);
}

function attained(runs: readonly ClockRun[]): string[] {
  const [met, missed, ...others] = runOutcomes;
  const line = (name: string, clock: string, counts: AttainmentRow['counts']) => {
    const share = metShare(counts);
    return [
      name,
      clock,
      String(counts[met]),
      String(counts[missed]),
      share === null ? '-' : (share * 100).toFixed(1),
      ...others.map((outcome) => String(counts[outcome])),
    ];
  };
  const all = clockIds.flatMap((clock) => {
    const own = runs.filter((each) => each.clock === clock);
    return own.length === 0 ? [] : [line('all', clock, countOutcomes(own))];
  });
  return table(
    [
      ['severity', 'clock', met, missed, '% met', ...others],
      ...attainment(runs).map(({ severity, clock, counts }) => line(severity, clock, counts)),
      ...all,
    ],
    2,
  );
}

type Missed = { id: string; run: ClockRun; late: NonNullable<ClockRun['late']> };

/** So many of the latest are named. */
const LATEST = 10;

function misses({ cases }: Replay, when: (at: number) => string): string[] {
  const all = cases.flatMap(({ id, runs }) =>
    runs.filter((run) => outcomeOf(run) === 'missed').map((run) => ({ id, run })),
  );
  const late = all.flatMap(({ id, run }): Missed[] =>
    run.late === null ? [] : [{ id, run, late: run.late }],
  );
  if (late.length === 0) return [`Misses: ${all.length}, none of them ended`];
  const lines = clockIds.flatMap((clock) => {
    const own = late.filter(({ run }) => run.clock === clock);
    const counted = spreadOf(own.map((each) => each.late.countedMs));
    const wall = spreadOf(own.map((each) => each.late.wallMs));
    if (counted === null || wall === null) return [];
    const figures = [counted, wall].flatMap(({ medianMs, p90Ms, largestMs }) =>
      [medianMs, p90Ms, largestMs].map(hoursMinutes),
    );
    return [[clock, String(own.length), ...figures]];
  });
  const latest = late
    .toSorted(
      (a, b) =>
        b.late.countedMs - a.late.countedMs ||
        Number(a.id) - Number(b.id) ||
        (a.run.clock < b.run.clock ? -1 : 1),
    )
    .slice(0, LATEST)
    .map(({ id, run, late: { countedMs, wallMs } }) => [
      id,
      run.clock,
      run.severity,
      run.missedDueAt === null ? '' : when(run.missedDueAt),
      run.endedAt === null ? '' : when(run.endedAt),
      hoursMinutes(countedMs),
      hoursMinutes(wallMs),
    ]);
  return [
    `Misses: ${all.length}, of which ${late.length} have ended, so late in counted and in wall time`,
    ...table(
      [
        ['clock', 'count', 'counted: median', 'p90', 'largest', 'wall: median', 'p90', 'largest'],
        ...lines,
      ],
      1,
    ),
    '',
    'The latest',
    ...table([['case', 'clock', 'severity', 'due', 'ended', 'counted', 'wall'], ...latest], 5),
  ];
}

function waiting({ cases }: Replay): string[] {
  const waits = cases.flatMap((each) => each.waits);
  const waited = cases.filter((each) => each.waits.length > 0).length;
  const spread = spreadOf(waits.map(({ lengthMs }) => lengthMs));
  if (spread === null) return ['Waiting on the customer: none'];
  const open = waits.filter(({ isOpen }) => isOpen).length;
  return [
    `Waiting on the customer: ${waited} cases, ${spread.count} times, ${open} of them still at the end`,
    `  total ${hoursMinutes(spread.totalMs)}, median ${hoursMinutes(spread.medianMs)}, p90 ${hoursMinutes(spread.p90Ms)}, largest ${hoursMinutes(spread.largestMs)}`,
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
