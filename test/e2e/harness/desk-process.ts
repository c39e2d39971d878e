import { serveDesk } from '../../helpers/desk-process.ts';

/** A desk that runs alone, as a team's does, and can be killed and started again. */
export interface KillableDesk {
  /** Such as `http://127.0.0.1:40123`, without a slash at its end; the same over restarts. */
  readonly url: string;
  /** SIGKILL: no handler runs. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same data and the same port. */
  restart(): Promise<void>;
  /** An ordinary end. */
  end(): Promise<void>;
}

/** Starts `serve` on a free loopback port and waits until it says that it listens. */
export async function startDesk(dataDir: string): Promise<KillableDesk> {
  let desk = await serveDesk(dataDir);
  const { url } = desk;
  return {
    url,
    kill: async () => {
      await desk.end('SIGKILL');
    },
    restart: async () => {
      desk = await serveDesk(dataDir, Number(new URL(url).port));
    },
    end: async () => {
      await desk.end('SIGTERM');
    },
  };
}
