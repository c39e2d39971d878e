import type { Timers } from '../../shared/base/timers.ts';
import type { Scheduler } from './scheduler.ts';

/** How a process ends: its own end leaves what it wrote to the system, a power cut what was fsynced. */
export type End = 'kill' | 'power';

/** A process that can end at every step it takes. What it waits for then never comes. */
export type Process = {
  readonly name: string;
  isAlive: () => boolean;
  timers: Timers;
  /**
   * Something that the machine does for it, done after `delayMs`; rejects with what `effect` throws. `torn` is told
   * where the process ended while it was under way.
   */
  step: <T>(
    what: string,
    delayMs: number,
    effect: () => T,
    torn?: (end: End) => void,
  ) => Promise<T>;
  /** Ends it at its step number `steps` from now: before that has its effect, or after and before it hears of it. */
  endAt: (steps: number, when: 'before' | 'after', end: End) => void;
  /** Takes that back. */
  spare: () => void;
  end: (end: End) => void;
  /** Told once, when it has ended. */
  ended: (listener: (end: End) => void) => void;
  /** Asleep: nothing of it runs until then. */
  sleepUntil: (untilMs: number) => void;
};

type Doom = { steps: number; when: 'before' | 'after'; end: End };

export function startProcess(
  name: string,
  world: { scheduler: Scheduler; note: (line: string) => void },
): Process {
  const { scheduler, note } = world;
  const listeners: ((end: End) => void)[] = [];
  const under = new Set<(end: End) => void>();
  let alive = true;
  let doom: Doom | null = null;
  let wakesAt = 0;

  const end = (how: End): void => {
    if (!alive) return;
    alive = false;
    note(`${name} ends by ${how}`);
    for (const torn of under) torn(how);
    under.clear();
    for (const listener of listeners) listener(how);
  };

  /** Runs it when the time has come and it is awake, unless it has ended by then. */
  const later = (delayMs: number, run: () => void): (() => void) => {
    let taken = false;
    let takeBack = (): void => undefined;
    const due = (): void => {
      if (!alive || taken) return;
      const sleepMs = wakesAt - scheduler.nowMs();
      if (sleepMs > 0) takeBack = scheduler.after(sleepMs, due);
      else run();
    };
    takeBack = scheduler.after(delayMs, due);
    return () => {
      taken = true;
      takeBack();
    };
  };

  const dooms = (when: Doom['when']): boolean => {
    if (doom?.when !== when) return false;
    if (doom.steps > 1) {
      doom = { ...doom, steps: doom.steps - 1 };
      return false;
    }
    end(doom.end);
    return true;
  };

  return {
    name,
    isAlive: () => alive,
    timers: { after: (ms, step) => later(ms, step) },
    step: (what, delayMs, effect, torn) =>
      new Promise((resolve, reject) => {
        if (!alive) return;
        const tear = torn ?? ((): void => undefined);
        under.add(tear);
        later(delayMs, () => {
          if (dooms('before')) return;
          under.delete(tear);
          try {
            const result = effect();
            note(`${name} ${what}`);
            if (!dooms('after')) resolve(result);
          } catch (thrown) {
            note(`${name} ${what} fails`);
            reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
          }
        });
      }),
    endAt: (steps, when, how) => {
      if (alive) doom = { steps, when, end: how };
    },
    spare: () => {
      doom = null;
    },
    end,
    ended: (listener) => {
      listeners.push(listener);
    },
    sleepUntil: (untilMs) => {
      wakesAt = Math.max(wakesAt, untilMs);
    },
  };
}
