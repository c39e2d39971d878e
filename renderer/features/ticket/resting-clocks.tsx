import { Check, CircleSlash, Diamond, Pause } from 'lucide-react';
import { useState } from 'react';
import type { TicketClock } from '../../../shared/policy/clock.ts';
import type { TicketHead } from '../../../shared/tickets/head.ts';
import { useSpeech } from '../../marks/use-speech.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { clockNames } from '../../words.ts';
import { ClockTrace } from './clock-trace.tsx';
import { lateWords, missOf, pastMisses, restingWords } from './clock-words.ts';
import type { Resting } from './clock-words.ts';
import styles from './clocks.module.css';
import type { Traced } from './trace-text.ts';

type Item = Resting & { key: string; paused: boolean; traced: Traced };

/** Clocks that do not run, and what was missed before, as a quiet line; each says why when it is opened. */
export function RestingClocks({
  head,
  clocks,
  all,
}: {
  head: TicketHead;
  clocks: readonly TicketClock[];
  /** Also those that run. */
  all: readonly TicketClock[];
}) {
  const speech = useSpeech();
  const [openKey, setOpenKey] = useState<string | null>(null);
  const items: Item[] = [
    ...clocks.map((clock) => ({
      ...restingWords(clock, missOf(clock, head.misses), speech),
      key: clock.id,
      paused: clock.state === 'paused',
      traced: clock,
    })),
    ...pastMisses(head.misses, all).map((miss) => ({
      tone: 'missed' as const,
      text: `${clockNames[miss.clock]} of ${speech.when(miss.dueAt)} ${lateWords(miss)}`,
      key: `${miss.clock} ${miss.run.version} ${miss.run.fromAt}`,
      paused: false,
      traced: { id: miss.clock, trace: miss.trace },
    })),
  ];
  if (items.length === 0) return null;
  const open = items.find(({ key }) => key === openKey);
  return (
    <>
      <ul className={styles['resting']}>
        {items.map((item) => (
          <li key={item.key}>
            <Button
              look="link"
              className={classes(styles['rest'], styles[item.tone])}
              aria-expanded={item.key === openKey}
              title="Why?"
              onClick={() => {
                setOpenKey(item.key === openKey ? null : item.key);
              }}
            >
              <Icon tone={item.tone} paused={item.paused} /> {item.text}
            </Button>
          </li>
        ))}
      </ul>
      {open !== undefined && (
        <ClockTrace
          key={open.key}
          reference={head.reference}
          traced={[open.traced]}
          queued={null}
        />
      )}
    </>
  );
}

function Icon({ tone, paused }: { tone: Resting['tone']; paused: boolean }) {
  const Shape = tone === 'met' ? Check : tone === 'missed' ? Diamond : paused ? Pause : CircleSlash;
  return <Shape size={12} strokeWidth={2.25} aria-hidden="true" />;
}
