import { app } from 'electron';

/** What the console does as its program is called again, left without a window, and ended. */
export function appLife({
  show,
  goesOnUnseen,
  leave,
}: {
  show: () => void;
  /** Without a window there is still a way back to it. */
  goesOnUnseen: () => boolean;
  /** Ends everything in order; the program ends when it resolves. Called once. */
  leave: () => Promise<void>;
}): void {
  let leaving = false;
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (!goesOnUnseen()) app.quit();
  });
  app.on('before-quit', (event) => {
    if (leaving) return;
    leaving = true;
    event.preventDefault();
    void leave().finally(() => {
      app.exit(0);
    });
  });
}
