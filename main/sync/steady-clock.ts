/** What the clocks that nobody sets say; ms, from any beginning. */
export type SteadyReading = {
  /** Goes on in sleep, and is finer than a millisecond while awake. */
  ms: number;
  /** How much of it was sleep. */
  sleptMs: number;
  /** By how much it may have gone wrong in sleep. Only differences say something. */
  doubtMs: number;
};
export type SteadyClock = () => SteadyReading;

/** Less than this between the two clocks is their resolution, not sleep. */
const SLEEP_FROM_MS = 2_000;
/** The boot clock of some machines counts whole seconds: so exact is the length of one sleep. */
const BOOT_STEP_MS = 1_000;

/**
 * The monotonic clock stands still in sleep, the boot clock is coarse: time goes by the first, and where the second
 * gets ahead of it, the machine slept. In some containers the boot clock is slow and falls behind all the time, so
 * what it gained is counted from where it was furthest behind. To be read every few seconds.
 */
export function steadyClock(monotonicMs: () => number, bootMs: () => number): SteadyClock {
  let aheadMs = Number.POSITIVE_INFINITY;
  let sleptMs = 0;
  let doubtMs = 0;
  return () => {
    const awakeMs = monotonicMs();
    const bootAheadMs = bootMs() - awakeMs;
    aheadMs = Math.min(aheadMs, bootAheadMs);
    if (bootAheadMs - aheadMs > SLEEP_FROM_MS) {
      sleptMs += bootAheadMs - aheadMs;
      doubtMs += BOOT_STEP_MS;
      aheadMs = bootAheadMs;
    }
    return { ms: awakeMs + sleptMs, sleptMs, doubtMs };
  };
}
