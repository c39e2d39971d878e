import { Check, CircleSlash, Diamond, Pause } from 'lucide-react';
import type { TicketClock } from '../../../shared/policy/clock.ts';
import { clocks as clocksOf } from '../../../shared/policy/clocks.ts';
import type { CompiledPolicy } from '../../../shared/policy/compiled-policy.ts';
import { stepWords } from '../../../shared/policy/trace-words.ts';
import { useSpeech } from '../../marks/use-speech.ts';
import type { QueueItem } from '../../store/queue.ts';
import { useConsoleState } from '../../store/use-console.ts';
import { classes } from '../../ui/classes.ts';
import { ClockCard } from './clock-card.tsx';
import { restingWords } from './clock-words.ts';
import styles from './clocks.module.css';

/** Every clock of the ticket: those that run as cards, the others as a quiet line. */
export function Clocks({ item }: { item: QueueItem }) {
  const policy = useConsoleState((state) => state.policy);
  if (policy === null) return null;
  return <ClocksUnder item={item} policy={policy} />;
}

function ClocksUnder({ item, policy }: { item: QueueItem; policy: CompiledPolicy }) {
  // What is shown is what the desk knows; a pending change is only an estimate beside it (C16).
  const accepted = clocksOf(item.row.head, policy);
  const estimated = item.view === null ? accepted : clocksOf(item.shown, policy);
  const running = accepted
    .filter((clock) => clock.state === 'running' && clock.dueAt !== null)
    .toSorted((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));
  const resting = accepted.filter((clock) => !running.includes(clock));
  return (
    <section className={styles['clocks']} aria-label="Clocks">
      {running.length > 0 && (
        <div className={styles['cards']}>
          {running.map((clock) => (
            <ClockCard
              key={`${item.id} ${clock.id}`}
              clock={clock}
              estimate={estimated.find((each) => each.id === clock.id) ?? null}
              pending={item.view?.pending ?? []}
              policy={policy}
            />
          ))}
        </div>
      )}
      {resting.length > 0 && (
        <ul className={styles['resting']}>
          {resting.map((clock) => (
            <RestingClock key={clock.id} clock={clock} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RestingClock({ clock }: { clock: TicketClock }) {
  const { tone, text } = restingWords(clock);
  const speech = useSpeech();
  const Icon =
    tone === 'met'
      ? Check
      : tone === 'missed'
        ? Diamond
        : clock.state === 'paused'
          ? Pause
          : CircleSlash;
  return (
    <li
      className={classes(tone === 'met' && styles['met'], tone === 'missed' && styles['late'])}
      title={clock.trace
        .map((step) => `${step.rule}: ${stepWords(clock.id, step, speech)}`)
        .join('\n')}
    >
      <Icon size={12} strokeWidth={2.25} aria-hidden="true" /> {text}
    </li>
  );
}
