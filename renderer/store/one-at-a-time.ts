/**
 * A gate for what must not be done twice: a call while another is under way does nothing. It closes at once, where
 * a component's state would only with its next drawing: a key can come twice before that.
 */
export function oneAtATime(): (work: () => Promise<void>) => Promise<void> {
  let busy = false;
  return async (work) => {
    if (busy) return;
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
    }
  };
}
