/** Timers as they are passed in, so that simulated time can stand in for the machine's. */
export type Timers = {
  /** Runs the step once, later. Returns how to take it back. */
  readonly after: (ms: number, step: () => void) => () => void;
};
