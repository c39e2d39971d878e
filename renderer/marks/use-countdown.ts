import { useAtTime } from '../store/use-time.ts';
import { countdown, countdownChangesAt } from '../time-words.ts';
import type { Countdown } from '../time-words.ts';

/** A countdown that draws its component again only when it reads otherwise. */
export function useCountdown(dueAt: number): Countdown {
  const text = useAtTime(
    (now) => {
      const { value, unit } = countdown(dueAt, now);
      return `${value}|${unit}`;
    },
    (now) => countdownChangesAt(dueAt, now),
  );
  const [value = '', unit = ''] = text.split('|');
  return { value, unit };
}
