import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { endChild, firstLine } from '../../../build/headless/child.ts';
import { projectDir } from '../../../build/paths.ts';

const listeningSchema = z.object({ listening: z.url() });

/** A desk that runs alone, as a team's does, and can be killed and started again. */
export interface DeskProcess {
  /** Such as `http://127.0.0.1:40123`, without a slash at its end; the same over restarts. */
  readonly url: string;
  /** SIGKILL: no handler runs. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same data and the same port. */
  restart(): Promise<void>;
  /** An ordinary end. */
  end(): Promise<void>;
}

export interface DeskOptions {
  readonly dataDir: string;
  /** Further arguments of `serve`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `serve` on a free loopback port and waits until it says that it listens. */
export async function startDesk(options: DeskOptions): Promise<DeskProcess> {
  let { child, url } = await serve(options, 0);
  const port = Number(new URL(url).port);
  return {
    url,
    kill: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    restart: async () => {
      ({ child, url } = await serve(options, port));
    },
    end: () => endChild(child),
  };
}

async function serve(
  options: DeskOptions,
  port: number,
): Promise<{ child: ChildProcess; url: string }> {
  const entry = join(projectDir, 'server', 'index.ts');
  const args = ['serve', '--data', options.dataDir, '--port', String(port)];
  const child = spawn(process.execPath, [entry, ...args, ...(options.args ?? [])], {
    cwd: projectDir,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { listening } = listeningSchema.parse(JSON.parse(await firstLine(child, child.stdout)));
  return { child, url: listening };
}
