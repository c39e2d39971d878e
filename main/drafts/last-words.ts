import type { Timers } from '../../shared/base/timers.ts';

/** A page that does not answer must not keep the console from ending. */
const PATIENCE_MS = 1_000;

export type LastWords = {
  /** Asks the page to save what it has not saved yet, and waits until it says so, or has gone. */
  ask: () => Promise<void>;
  /** The page says so. */
  heard: () => void;
};

/** What was typed just before the end is saved, too (S17). `tell` gives false where there is no page. */
export function lastWords(tell: () => boolean, timers: Timers): LastWords {
  let heard = (): void => undefined;
  return {
    ask: () =>
      new Promise((resolve) => {
        const giveUp = timers.after(PATIENCE_MS, resolve);
        heard = () => {
          giveUp();
          resolve();
        };
        if (!tell()) heard();
      }),
    heard: () => {
      heard();
    },
  };
}
