const LOOK_EVERY_MS = 500;

/**
 * Calls one of the two once: `told` when a signal asks this process to end, `left` when the process that started it is
 * gone: a closed channel, or another parent's id, which is what a killed parent leaves behind.
 */
export function watchParent({ told, left }: { told: () => void; left: () => void }): void {
  const parent = process.ppid;
  const once = (what: () => void) => (): void => {
    clearInterval(timer);
    what();
  };
  const timer = setInterval(() => {
    if (process.ppid !== parent) once(left)();
  }, LOOK_EVERY_MS);
  process.once('disconnect', once(left));
  process.once('SIGTERM', once(told));
  process.once('SIGINT', once(told));
}
