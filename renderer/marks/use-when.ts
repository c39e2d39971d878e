import { dayStart, nextDayStart } from '../store/day-start.ts';
import { useAtTime } from '../store/use-time.ts';
import { when } from '../time-words.ts';

/** Says when something was or will be, as seen from today; drawn again when the day turns. */
export function useWhen(): (at: number, timeZone?: string) => string {
  const today = useAtTime(dayStart, nextDayStart);
  return (at, timeZone) => when(at, today, timeZone);
}
