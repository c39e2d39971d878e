import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundle } from './bundle.ts';
import { startHeadless } from './headless/headless.ts';
import { launchCommand } from './launch-command.ts';
import type { LaunchCommand } from './launch-command.ts';
import { Stop, runScript } from './message.ts';
import { projectDir } from './paths.ts';
import { findRuntime } from './runtime.ts';
import { missingLibraries, requireSystem, thisSystem } from './system.ts';

/** What the main process writes once it has saved a picture of the first rows of the queue. */
const SCREENSHOT_LINE = /^screenshot (.+)$/;
/** Ends the console after its screenshot; for checks. All other arguments go to the console. */
const EXIT_AFTER_SCREENSHOT = '--exit-after-screenshot';

const say = (line: string): void => {
  console.log(line);
};

/** `npm start`: from sources to an open window, on whatever this machine has. */
async function start(): Promise<number> {
  const hasDisplay = process.platform !== 'linux' || displayIn(process.env);
  const system = thisSystem();
  requireSystem(hasDisplay ? 'window' : 'headless', system, say);
  const runtime = await findRuntime(say);
  const libraries = missingLibraries(runtime.executable);
  if (libraries.length > 0) {
    throw new Stop(`The system lacks libraries that Electron needs: ${libraries.join(', ')}`);
  }
  bundle(say);
  const { executable, args } = launchCommand(runtime, projectDir);
  const asked = process.argv.slice(2);
  const command = {
    executable,
    args: [
      ...args,
      ...sandboxArgs(system.isRoot),
      ...asked.filter((arg) => arg !== EXIT_AFTER_SCREENSHOT),
    ],
  };
  return hasDisplay
    ? runConsole(command, process.env, false)
    : runHeadless(command, asked.includes(EXIT_AFTER_SCREENSHOT));
}

function displayIn(env: NodeJS.ProcessEnv): boolean {
  return [env['DISPLAY'], env['WAYLAND_DISPLAY']].some((name) => name !== undefined && name !== '');
}

function sandboxArgs(isRoot: boolean): string[] {
  if (!isRoot || process.platform !== 'linux') return [];
  say('Running as root: Chromium cannot sandbox itself there, so it starts with --no-sandbox.');
  return ['--no-sandbox'];
}

async function runHeadless(command: LaunchCommand, exitAfterScreenshot: boolean): Promise<number> {
  say('No display: the console runs under Xvfb, in a D-Bus session of its own.');
  const session = await startHeadless(process.env, 'desktop');
  const picture = process.env['AGENT_CONSOLE_SCREENSHOT'] ?? join(projectDir, 'reports/queue.png');
  mkdirSync(join(projectDir, 'reports'), { recursive: true });
  try {
    const env = { ...process.env, ...session.env, AGENT_CONSOLE_SCREENSHOT: picture };
    // Xvfb has no graphics processor; told so, Chromium does not try one and complain.
    const args = [...command.args, '--disable-gpu'];
    return await runConsole({ ...command, args }, env, exitAfterScreenshot);
  } finally {
    await session.end();
  }
}

/** Runs the console until it ends, or until we are told to end; gives its exit code. */
function runConsole(
  command: LaunchCommand,
  env: NodeJS.ProcessEnv,
  exitAfterScreenshot: boolean,
): Promise<number> {
  const child = spawn(command.executable, command.args, {
    env,
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  // A second Ctrl+C, or one that the terminal also gave to Electron, changes nothing.
  let ending = false;
  const end = (): void => {
    ending = true;
    child.kill('SIGTERM');
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  // npm does not pass SIGTERM on to what its shell runs: when the parent is gone, so are we.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) end();
  }, 1_000);
  child.once('exit', () => {
    clearInterval(watch);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const path = SCREENSHOT_LINE.exec(line)?.[1];
    say(path === undefined ? line : `The queue is shown. Screenshot: ${path}`);
    if (path === undefined) return;
    if (exitAfterScreenshot) end();
    else say('It goes on running; Ctrl+C ends it.');
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === null && !ending) say(`Electron ended with ${signal ?? 'no code'}.`);
      resolve(ending ? 0 : (code ?? 1));
    });
  });
}

await runScript(start);
