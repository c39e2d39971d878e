/** A shared timer for everything on screen that changes with time alone. */
export type Ticker = {
  /**
   * Calls `notify` at the instant that `changesAt` names (ms, desk time; Infinity for never), then asks again.
   * Returns how to stop.
   */
  subscribe: (changesAt: () => number, notify: () => void) => () => void;
  /** Looks again at what is due: after the window was hidden, or the clock was set. */
  wake: () => void;
};

export type TickerDeps = {
  now: () => number;
  /** Returns how to take it back. */
  after: (delayMs: number, run: () => void) => () => void;
  /** A hidden window ticks nothing. */
  isHidden: () => boolean;
};

/** The longest delay: a timer set for longer would not see a changed clock. */
const LONGEST_MS = 60_000;

export function createTicker(deps: TickerDeps): Ticker {
  const subscribers = new Map<
    symbol,
    { at: number; changesAt: () => number; notify: () => void }
  >();
  let cancel: (() => void) | null = null;
  let setFor = Number.POSITIVE_INFINITY;

  function schedule(): void {
    let next = Number.POSITIVE_INFINITY;
    for (const { at } of subscribers.values()) next = Math.min(next, at);
    if (cancel !== null && next === setFor) return;
    cancel?.();
    cancel = null;
    setFor = next;
    if (next === Number.POSITIVE_INFINITY || deps.isHidden()) return;
    const delayMs = Math.min(LONGEST_MS, Math.max(0, next - deps.now()));
    cancel = deps.after(delayMs, () => {
      cancel = null;
      run(false);
    });
  }

  function run(all: boolean): void {
    const now = deps.now();
    for (const subscriber of subscribers.values()) {
      if (!all && subscriber.at > now) continue;
      subscriber.at = subscriber.changesAt();
      subscriber.notify();
    }
    setFor = Number.NaN;
    schedule();
  }

  return {
    subscribe: (changesAt, notify) => {
      const key = Symbol('subscriber');
      subscribers.set(key, { at: changesAt(), changesAt, notify });
      schedule();
      return () => {
        subscribers.delete(key);
        schedule();
      };
    },
    wake: () => {
      run(true);
    },
  };
}
