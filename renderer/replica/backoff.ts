/** Tries again after 1 s, then after twice as long each time, 30 s at most. */
export type Backoff = {
  /** One try is ahead at a time; another wish for one changes nothing. */
  again: (step: () => void) => void;
  /** It went well: the next wait is the first one again. */
  reset: () => void;
};

/** Calls `step` once after so many ms. */
export type Later = (step: () => void, ms: number) => void;

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

export function backoff(later: Later): Backoff {
  let waitMs = FIRST_MS;
  let ahead = false;
  return {
    again: (step) => {
      if (ahead) return;
      ahead = true;
      later(() => {
        ahead = false;
        step();
      }, waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_MS);
    },
    reset: () => {
      waitMs = FIRST_MS;
    },
  };
}
