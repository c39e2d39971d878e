import type { Time } from '../../shared/base/time.ts';
import type { SteadyClock } from './steady-clock.ts';

/** What befell this machine's clocks since the last look; ms, 0 for nothing. */
export type ClockEvents = {
  /** By how much this machine's clock was set. */
  setMs: number;
  sleptMs: number;
};

/** This machine's clock less the steady one is a changed clock (A3, C9). Less than `setFromMs` is none, but adds up. */
export function clockEvents(wall: Time, steady: SteadyClock, setFromMs: number): () => ClockEvents {
  let last = steady();
  let aheadMs = wall.nowMs() - last.ms;
  return () => {
    const now = steady();
    const aheadNowMs = wall.nowMs() - now.ms;
    const changedMs = aheadNowMs - aheadMs;
    const sleptMs = now.sleptMs - last.sleptMs;
    const setMs = Math.abs(changedMs) > setFromMs ? changedMs : 0;
    // How long a sleep was is known coarsely: what that is out by is not to add up.
    if (setMs !== 0 || sleptMs > 0) aheadMs = aheadNowMs;
    last = now;
    return { setMs, sleptMs };
  };
}
