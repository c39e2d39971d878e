import { useState } from 'react';
import type { TicketClock } from '../../../shared/policy/clock.ts';
import type { CompiledPolicy } from '../../../shared/policy/compiled-policy.ts';
import type { Command } from '../../../shared/tickets/command.ts';
import { useCountdown } from '../../marks/use-countdown.ts';
import { useWhen } from '../../marks/use-when.ts';
import { useAtTime } from '../../store/use-time.ts';
import { fullTime, isOtherTime, timeOfDay, zoneWords } from '../../time-words.ts';
import { Bar } from '../../ui/bar.tsx';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { actionWords, clockGoals } from '../../words.ts';
import { ClockTrace } from './clock-trace.tsx';
import { clockBand, clockEdgeAt, targetWords, usedShare } from './clock-words.ts';
import styles from './clocks.module.css';

const tones = { overdue: 'over', 'at-risk': 'risk', 'on-track': 'ok', 'no-clock': 'ok' } as const;

/** A running clock: what is left, when it is due here and in policy time, and why. */
export function ClockCard({
  clock,
  estimate,
  pending,
  policy,
}: {
  clock: TicketClock;
  /** The same clock with this console's queued changes; null where they end it for good. */
  estimate: TicketClock | null;
  pending: readonly Command[];
  policy: CompiledPolicy;
}) {
  const [open, setOpen] = useState(false);
  const when = useWhen();
  const dueAt = clock.dueAt ?? 0;
  const { value, unit } = useCountdown(dueAt);
  const band = useAtTime(
    (now) => clockBand(clock, policy, now),
    (now) => clockEdgeAt(clock, policy, now),
  );
  const percent = useAtTime(
    (now) => Math.round(usedShare(clock, policy, now) * 100),
    (now) => now + 60_000,
  );
  const late = value.startsWith('−') || value === 'now';
  const { timeZone } = policy.document;
  const queued = queuedWords(clock, estimate, pending, when);
  return (
    <div className={classes(styles['card'], styles[band])}>
      <div className={styles['top']}>
        <span className={styles['left']}>
          {value.replace('−', '')} {unit} {late && (value === 'now' ? 'due' : 'late')}
        </span>
        <span className={styles['goal']}>{clockGoals[clock.id]}</span>
        <Button
          look="link"
          className={styles['why']}
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
        >
          why?
        </Button>
      </div>
      <p className={styles['due']} title={fullTime(dueAt)}>
        <span>
          due <b>{when(dueAt)}</b>
          {isOtherTime(dueAt, timeZone) &&
            ` here, ${timeOfDay(dueAt, timeZone)} ${zoneWords(timeZone)}`}
        </span>
        <span>{targetWords(clock)}</span>
        {clock.missedDueAt !== null && clock.missedDueAt !== dueAt && (
          <span className={styles['missed']}>missed {when(clock.missedDueAt)}</span>
        )}
      </p>
      {queued !== null && <p className={styles['queued']}>{queued}</p>}
      <Bar label="Time used" share={percent / 100} tone={tones[band]} />
      {open && <ClockTrace clock={clock} queued={queued} />}
    </div>
  );
}

/** C6, C16: a queued change ends no clock; what it would do is said as an estimate. */
function queuedWords(
  clock: TicketClock,
  estimate: TicketClock | null,
  pending: readonly Command[],
  when: (at: number) => string,
): string | null {
  const last = pending.at(-1);
  if (last === undefined) return null;
  if (estimate?.state !== 'running') {
    const ending =
      pending.findLast((command) => command.action.kind === 'reply') ??
      pending.findLast((command) => command.action.kind !== 'note') ??
      last;
    const what = actionWords[ending.action.kind].toLowerCase();
    return `Your ${what} of ${when(ending.writtenAt)} is queued: still counting`;
  }
  if (estimate.dueAt !== clock.dueAt && estimate.dueAt !== null)
    return `With your queued change: due ${when(estimate.dueAt)}, an estimate`;
  return null;
}
