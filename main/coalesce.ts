/** Calls `work` once, soon, for any number of calls in one turn of the event loop. */
export function coalesce(work: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setImmediate(() => {
      waiting = false;
      work();
    });
  };
}

/** Calls `work` at once, then at most once in `gapMs` however often it is asked for, and never forgets the last. */
export function atMostEvery(gapMs: number, work: () => void): () => void {
  let resting = false;
  let wanted = false;
  const go = (): void => {
    resting = true;
    wanted = false;
    setTimeout(() => {
      resting = false;
      if (wanted) go();
    }, gapMs).unref();
    work();
  };
  return () => {
    if (resting) wanted = true;
    else go();
  };
}
