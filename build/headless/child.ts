import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';

const TERM_GRACE_MS = 5_000;

const SETPRIV = '/usr/bin/setpriv';

/**
 * Starts a process that serves us in the background. It is in a session of its own, so that Ctrl+C
 * reaches us first and we end it in order; and it dies with us even if we are killed.
 */
export function startServing(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const detached = { ...options, detached: true };
  return existsSync(SETPRIV)
    ? spawn(SETPRIV, ['--pdeathsig', 'TERM', command, ...args], detached)
    : spawn(command, args, detached);
}

/** Ends a child and waits until it is gone: SIGTERM, and SIGKILL for one that does not listen. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), TERM_GRACE_MS);
  await gone;
  clearTimeout(timer);
}

/** The first line a stream of a child gives; rejects when the child ends without one. */
export function firstLine(
  child: ChildProcess,
  stream: NodeJS.ReadableStream | null,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = '';
    stream?.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      const end = seen.indexOf('\n');
      if (end >= 0) resolve(seen.slice(0, end).trim());
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`it ended with ${code ?? child.signalCode ?? 'nothing'}`));
    });
  });
}
