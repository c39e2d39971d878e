import { fileURLToPath } from 'node:url';
import { keepBackups } from '../backup/keep-backups.ts';
import { packInThread } from '../backup/pack-in-thread.ts';
import { keepGoing } from '../keep-going.ts';
import { listen } from '../http/listen.ts';
import type { Listener } from '../http/listen.ts';
import { withDesk } from './open-desk.ts';
import type { DeskChoice } from './open-desk.ts';
import type { Terminal } from './terminal.ts';

const backupWorker = fileURLToPath(new URL('../backup/backup-worker.ts', import.meta.url));

export type ServeOptions = DeskChoice & { host: string; port: number; publicHost?: string[] };

/** Serves until SIGTERM or SIGINT. Ready when {"listening": URL} stands on standard output. */
export function serve(options: ServeOptions, terminal: Terminal): Promise<number> {
  return withDesk(options, terminal, async (desk) => {
    const told = new Promise<void>((resolve) => {
      process.once('SIGTERM', () => resolve());
      process.once('SIGINT', () => resolve());
    });
    let listener: Listener;
    try {
      listener = await listen(desk, { ...options, publicHosts: options.publicHost ?? [] });
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      terminal.err(`cannot listen on ${options.host} port ${options.port}: ${reason}`);
      return 1;
    }
    const stop = keepGoing(desk);
    const { copySource } = desk.store;
    const backups =
      copySource === null ? null : keepBackups(desk, copySource, packInThread(backupWorker));
    terminal.out(JSON.stringify({ listening: listener.url }));
    await told;
    await listener.close();
    await stop();
    await backups?.stop(true);
    return 0;
  });
}
