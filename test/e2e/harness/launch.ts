import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import type { ElectronApplication, Page } from 'playwright-core';
import { testExecutable } from '../../../build/pack.ts';

/** A running console that a test drives. */
export interface RunningConsole {
  readonly app: ElectronApplication;
  /** Its first window's page. */
  readonly page: Page;
  /** What it has written to stdout and stderr so far. */
  output(): string;
  /** SIGKILL, as a power cut does to a process: no handler runs. Resolves when it is gone. */
  kill(): Promise<void>;
  /** An ordinary end. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** Survives a kill: give the same one again to start on the same data. */
  readonly userDataDir: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Another executable than the packed test build, such as a bare Electron for comparison. */
  readonly executable?: string;
}

/** The arguments of a console on its own user data. */
export function consoleArgs(userDataDir: string): string[] {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [`--user-data-dir=${userDataDir}`, ...sandbox];
}

/** Starts the packed test build on its own user data. */
export async function launchConsole(options: LaunchOptions): Promise<RunningConsole> {
  const app = await _electron.launch({
    executablePath: options.executable ?? testExecutable,
    args: [...consoleArgs(options.userDataDir), ...(options.args ?? [])],
    env: { ...definedEnv(process.env), ...options.env },
    timeout: 60_000,
  });
  let output = '';
  const child = app.process();
  const gone = once(child, 'exit');
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return {
    app,
    page: await app.firstWindow({ timeout: 60_000 }),
    output: () => output,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    close: () => app.close(),
  };
}

/** A folder for one console's data, with a function that removes it. */
export async function privateUserData(): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'agent-console-e2e-'));
  // A killed console's helper processes may still be writing their last.
  return { dir, remove: () => rm(dir, { recursive: true, force: true, maxRetries: 10 }) };
}

function definedEnv(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
