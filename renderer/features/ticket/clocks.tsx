import { clocks as clocksOf } from '../../../shared/policy/clocks.ts';
import type { CompiledPolicy } from '../../../shared/policy/compiled-policy.ts';
import type { QueueItem } from '../../store/queue.ts';
import { useConsoleState } from '../../store/use-console.ts';
import { useAtTime } from '../../store/use-time.ts';
import { ClockCard } from './clock-card.tsx';
import { cardClocks } from './clock-order.ts';
import { clockEdgeAt } from './clock-words.ts';
import styles from './clocks.module.css';
import { RestingClocks } from './resting-clocks.tsx';
import { SetAside } from './set-aside.tsx';

/** Every clock of the ticket: those that run as cards, the others as a quiet line. */
export function Clocks({ item }: { item: QueueItem }) {
  const policy = useConsoleState((state) => state.policy);
  if (policy === null) return null;
  return <ClocksUnder item={item} policy={policy} />;
}

function ClocksUnder({ item, policy }: { item: QueueItem; policy: CompiledPolicy }) {
  // What is shown is what the desk knows; a pending change is only an estimate beside it (C16).
  const { head } = item.row;
  const accepted = clocksOf(head, policy);
  const estimated = item.view === null ? accepted : clocksOf(item.shown, policy);
  // Time alone can make another clock bind (U4).
  const order = useAtTime(
    (now) =>
      cardClocks(accepted, policy, now)
        .map(({ clock }) => clock.id)
        .join(' '),
    (now) => Math.min(...accepted.map((clock) => clockEdgeAt(clock, policy, now))),
  ).split(' ');
  const cards = cardClocks(accepted, policy, 0).toSorted(
    (a, b) => order.indexOf(a.clock.id) - order.indexOf(b.clock.id),
  );
  const running = cards.flatMap(({ clock, twin }) => (twin === null ? [clock] : [clock, twin]));
  return (
    <section className={styles['clocks']} aria-label="Clocks">
      {cards.length > 0 && (
        <div className={styles['cards']}>
          {cards.map(({ clock, twin }) => (
            <ClockCard
              key={`${item.id} ${clock.id}`}
              ticketId={item.id}
              reference={head.reference}
              clock={clock}
              twin={twin}
              estimate={estimated.find((each) => each.id === clock.id) ?? null}
              pending={item.view?.pending ?? []}
              policy={policy}
            />
          ))}
        </div>
      )}
      <SetAside head={item.shown} />
      <RestingClocks
        key={item.id}
        head={head}
        clocks={accepted.filter((clock) => !running.includes(clock))}
        all={accepted}
      />
    </section>
  );
}
