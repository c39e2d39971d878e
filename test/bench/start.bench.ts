import { spawn } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launchCommand } from '../../build/launch-command.ts';
import { endChild } from '../../build/headless/child.ts';
import { packTestDir, testExecutable } from '../../build/pack.ts';
import { projectDir } from '../../build/paths.ts';
import { findRuntime } from '../../build/runtime.ts';
import { privateUserData } from '../e2e/harness/launch.ts';
import { benchDesk } from './bench-desk.ts';
import { fillProfile } from './fill-profile.ts';
import { compared, report } from './figures.ts';

/**
 * Start to the first real queue rows, with the tickets cached, against the first paint of a bare Electron window
 * in the same run (pairs in turn, so that a drifting machine drifts for both).
 *
 *     npm run bench -- start [--tickets 50000] [--runs 7] [--json FILE]
 */
const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '50000' },
    runs: { type: 'string', default: '7' },
    json: { type: 'string' },
  },
});
/** A start that takes longer than this has failed. */
const LONGEST_MS = 60_000;
const tickets = Number(values.tickets);
const runs = Number(values.runs);

const say = (line: string): void => {
  console.log(line);
};
const runtime = await findRuntime(say);
await packTestDir(runtime);
const bare = launchCommand(runtime, stageBareWindow());
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Electron takes a folder with a package.json; one among our sources would be a package of its own to every tool. */
function stageBareWindow(): string {
  const dir = join(projectDir, 'dist/bare-window');
  cpSync(fileURLToPath(new URL('bare-window', import.meta.url)), dir, { recursive: true });
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name: 'bare', main: 'main.mjs' }));
  return dir;
}

/** Milliseconds from starting the process to the line that says what was painted. */
async function timeTo(
  executable: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  line: RegExp,
): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(executable, [...args, ...sandbox, '--disable-gpu'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    return await new Promise<number>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (line.test(output)) resolve(performance.now() - startedAt);
      });
      setTimeout(() => {
        reject(new Error(`${executable} has not painted within ${LONGEST_MS} ms`));
      }, LONGEST_MS).unref();
      child.once('exit', (code) => {
        reject(new Error(`${executable} ended with ${code} before it had painted`));
      });
    });
  } finally {
    await endChild(child);
  }
}

const desk = await benchDesk(tickets);
const data = await privateUserData();
const bareData = await privateUserData();
try {
  say(`Filling a console with ${tickets} tickets…`);
  await fillProfile(data.dir, desk.env, tickets);
  const ours: number[] = [];
  const floor: number[] = [];
  const env = { ...desk.env, AGENT_CONSOLE_TIMING: '1' };
  // One pair to warm the disk's cache, which is not counted.
  for (let run = -1; run < runs; run += 1) {
    const bareMs = await timeTo(
      bare.executable,
      [...bare.args, `--user-data-dir=${bareData.dir}`],
      {},
      /bare shown/,
    );
    const oursMs = await timeTo(
      testExecutable,
      [`--user-data-dir=${data.dir}`],
      env,
      /console shown \d+/,
    );
    if (run < 0) continue;
    floor.push(bareMs);
    ours.push(oursMs);
  }
  report('start', `${runtime.version} (${runtime.source})`, runs, [
    compared(
      `start to the first queue rows, ${tickets} tickets cached`,
      'ms',
      { atMost: 1.5, text: '<= 1.5x a bare window' },
      ours,
      floor,
    ),
  ]);
} finally {
  await desk.end();
  await data.remove();
  await bareData.remove();
}
