import { useState } from 'react';
import type { TicketClock } from '../../../shared/policy/clock.ts';
import type { CompiledPolicy } from '../../../shared/policy/compiled-policy.ts';
import type { Command } from '../../../shared/tickets/command.ts';
import { useCountdown } from '../../marks/use-countdown.ts';
import { useWhen } from '../../marks/use-when.ts';
import { toggleReplyNeeded } from '../../store/change-ticket.ts';
import { useConsole } from '../../store/use-console.ts';
import { useAtTime } from '../../store/use-time.ts';
import { fullTime, isOtherTime, zoneTime, zoneWords } from '../../time-words.ts';
import { Bar } from '../../ui/bar.tsx';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { clockGoals, clockNames } from '../../words.ts';
import type { CardClock } from './clock-order.ts';
import { ClockTrace } from './clock-trace.tsx';
import { clockBand, clockEdgeAt, countedOf, countedWords, usedShare } from './clock-words.ts';
import styles from './clocks.module.css';
import { queuedWords } from './queued-words.ts';

const tones = { overdue: 'over', 'at-risk': 'risk', 'on-track': 'ok', 'no-clock': 'ok' } as const;

type Props = CardClock & {
  ticketId: string;
  reference: string;
  estimate: TicketClock | null;
  pending: readonly Command[];
  policy: CompiledPolicy;
};

/** A running clock: what is left, when it is due here and in policy time, what is used, and why. */
export function ClockCard(props: Props) {
  const { clock, twin, policy, ticketId } = props;
  const console = useConsole();
  const [open, setOpen] = useState(false);
  const when = useWhen();
  const dueAt = clock.dueAt ?? 0;
  const { value, unit } = useCountdown(dueAt);
  const band = useAtTime(
    (now) => clockBand(clock, policy, now),
    (now) => clockEdgeAt(clock, policy, now),
  );
  const percent = useAtTime(
    (now) => Math.round(usedShare(countedOf(clock, policy, now)) * 100),
    nextMinute,
  );
  const counted = useAtTime(
    (now) => countedWords(clock, countedOf(clock, policy, now)),
    nextMinute,
  );
  const late = value.startsWith('−') || value === 'now';
  const queued = queuedWords(clock, props.estimate, props.pending, when);
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
          aria-label={`Why: ${clockNames[clock.id]}`}
          onClick={() => {
            setOpen(!open);
          }}
        >
          why?
        </Button>
      </div>
      <p className={styles['due']}>
        <Due clock={clock} timeZone={policy.document.timeZone} />
      </p>
      <p className={styles['due']}>
        <span>{counted}</span>
        {clock.id === 'C3' && props.estimate !== null && (
          <Button
            look="link"
            className={styles['act']}
            onClick={() => {
              toggleReplyNeeded(console, ticketId);
            }}
          >
            No reply needed
          </Button>
        )}
      </p>
      {twin !== null && (
        <p className={styles['due']}>{clockNames[twin.id]} is due at the same time</p>
      )}
      {queued !== null && <p className={styles['queued']}>{queued}</p>}
      <Bar label={`${clockNames[clock.id]}: time used`} share={percent / 100} tone={tones[band]} />
      {open && (
        <ClockTrace
          reference={props.reference}
          traced={twin === null ? [clock] : [clock, twin]}
          queued={queued}
        />
      )}
    </div>
  );
}

/** `due 14:37 here, 09:07 UTC`, after a miss with what was missed (C9, C11). */
function Due({ clock, timeZone }: { clock: TicketClock; timeZone: string }) {
  const when = useWhen();
  const { dueAt, missedDueAt } = clock;
  if (dueAt === null || !Number.isFinite(dueAt)) return <span>due: not known</span>;
  const missed = missedDueAt !== null && missedDueAt !== dueAt;
  return (
    <span title={`${fullTime(dueAt)} here\n${fullTime(dueAt, timeZone)} ${zoneWords(timeZone)}`}>
      {missed && <span className={styles['missed']}>missed {when(missedDueAt)}, </span>}
      {missed ? 'now due ' : 'due '}
      <b>{when(dueAt)}</b>
      {isOtherTime(dueAt, timeZone)
        ? ` here, ${zoneTime(dueAt, timeZone)}`
        : ` ${zoneWords(timeZone)}`}
    </span>
  );
}

function nextMinute(now: number): number {
  return now + 60_000;
}
