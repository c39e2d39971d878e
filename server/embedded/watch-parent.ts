const LOOK_EVERY_MS = 500;

/**
 * Calls `gone` once when the process that started this one is gone or asks it to end: a closed channel, a signal,
 * or another parent's id, which is what a killed parent leaves behind.
 */
export function watchParent(gone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) leave();
  }, LOOK_EVERY_MS);
  const leave = (): void => {
    clearInterval(timer);
    gone();
  };
  process.once('disconnect', leave);
  process.once('SIGTERM', leave);
  process.once('SIGINT', leave);
}
