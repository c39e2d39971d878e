import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../server/index.ts', import.meta.url));

export type DeskProcess = {
  url: string;
  pid: number;
  /** Sends the signal and waits for the end; gives the exit code, null where the signal ended it. */
  end: (signal: NodeJS.Signals) => Promise<number | null>;
  /** The same when it ends by itself. */
  ended: Promise<number | null>;
};

/** The desk's CLI in a process of its own, until it ends. */
export async function runDesk(
  args: readonly string[],
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

export type ServeMore = {
  env?: Readonly<Record<string, string>>;
  /** Modules that Node loads before it. */
  imports?: readonly string[];
};

/** `desk serve` in a process of its own, ready to answer; without a directory on the DATABASE_URL of its `env`. */
export async function serveDesk(
  dataDir: string | null,
  port = 0,
  { env = {}, imports = [] }: ServeMore = {},
): Promise<DeskProcess> {
  const before = imports.flatMap((path) => ['--import', path]);
  const data = dataDir === null ? [] : ['--data', dataDir];
  const child = spawn(
    process.execPath,
    [...before, cli, 'serve', ...data, '--port', String(port)],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const line = /^\{"listening":"([^"]+)"\}\n/.exec(out);
      if (line?.[1] !== undefined) resolve(line[1]);
    });
    void ended.then((code) => reject(new Error(`the desk ended with ${code}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
