import { ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { followRuns } from '../../shared/policy/attainment.ts';
import type { ClockRun } from '../../shared/policy/attainment.ts';
import type { CompiledPolicy } from '../../shared/policy/compiled-policy.ts';
import { randomFrom } from '../demo/random.ts';
import { beginnings, byCase, withoutDuplicates } from '../log-import/log-cases.ts';
import type { LogFault } from '../log-import/log-fault.ts';
import type { LogEvent } from '../log-import/log-row.ts';
import { readEvents } from '../log-import/read-events.ts';
import { replayCase } from '../log-import/replay-case.ts';
import { waitsOf } from './waits.ts';
import type { Wait } from './waits.ts';

/** A log's events, read and once each. */
export type ReadLog = {
  /** Rows of the file. */
  rows: number;
  events: readonly LogEvent[];
  /** The first and the last instant, ms since epoch. */
  fromAt: number;
  untilAt: number;
};

/** Reads a log, or names its first line with a fault. */
export function readWholeLog(text: string | Uint8Array): Result<ReadLog, LogFault> {
  const read = readEvents(text);
  if (!read.ok) return read;
  const events = withoutDuplicates(read.value);
  const fromAt = events.reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY);
  const untilAt = events.reduce((last, { at }) => Math.max(last, at), Number.NEGATIVE_INFINITY);
  return ok({ rows: read.value.length, events, fromAt, untilAt });
}

export type ReplayedCase = {
  /** The log's number of it. */
  id: string;
  runs: readonly ClockRun[];
  waits: readonly Wait[];
};

export type Replay = {
  cases: readonly ReplayedCase[];
  /** Events that became part of a ticket. */
  taken: number;
  /** How many were skipped for each reason. */
  skippedBecause: Readonly<Record<string, number>>;
  begunInTheMiddle: number;
};

/** Lives every case of a log through, from its first event to the last of the log, nothing shifted. */
export function replayLog(log: ReadLog, policy: CompiledPolicy): Replay {
  const random = randomFrom('replay');
  const cases: ReplayedCase[] = [];
  const skippedBecause: Record<string, number> = {};
  let taken = 0;
  let begunInTheMiddle = 0;
  for (const [id, [first, ...later]] of byCase(log.events)) {
    if (first === undefined) continue;
    if (!beginnings.has(first.activity)) begunInTheMiddle += 1;
    let runs: ClockRun[] = [];
    const replayed = replayCase(first, later, {
      shiftMs: 0,
      nowMs: log.untilAt,
      policy,
      random,
      onChange: (head, at) => {
        runs = followRuns(runs, head, policy, at);
      },
    });
    cases.push({ id, runs, waits: waitsOf(replayed.ticket.entries, log.untilAt) });
    taken += replayed.taken.length;
    for (const { why } of replayed.skipped) skippedBecause[why] = (skippedBecause[why] ?? 0) + 1;
  }
  return { cases, taken, skippedBecause, begunInTheMiddle };
}
