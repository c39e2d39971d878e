import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startHeadless } from './headless/headless.ts';
import { projectDir } from './paths.ts';
import { prepareTestApp } from './test-app.ts';

/** What came of a step; each static check counts as one. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export interface Step {
  readonly name: string;
  run(args: readonly string[]): Promise<Tally>;
}

const parts = ['shared', 'main', 'renderer', 'server', 'build', 'test'];

/** The steps of `npm test`, in their order. */
export const steps: readonly Step[] = [
  check('lint', 'oxlint', ['--deny-warnings']),
  check('places', process.execPath, ['build/check-single-places.ts']),
  check('format', 'prettier', ['--check', '--log-level', 'warn', '.']),
  check('types', 'tsc', ['-b']),
  check('boundaries', 'depcruise', [...parts, 'electron.vite.config.ts', 'vitest.config.ts']),
  check('knip', 'knip', ['--no-config-hints']),
  vitest('unit'),
  vitest('property'),
  vitest('simulation'),
  vitest('contract'),
  inTheApp('chaos'),
  inTheApp('e2e'),
];

function check(name: string, command: string, args: readonly string[]): Step {
  return {
    name,
    run: () => {
      const isOurs = command === process.execPath;
      const script = join(projectDir, 'node_modules', '.bin', command);
      const { status } = node(isOurs ? args : [script, ...args], process.env);
      return Promise.resolve(status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
    },
  };
}

function vitest(project: string): Step {
  return { name: project, run: (args) => Promise.resolve(runVitest(project, args, process.env)) };
}

/** With the packed app, on a display and a bus that are ours alone. */
function inTheApp(project: string): Step {
  return {
    name: project,
    run: async (args) => {
      await prepareTestApp((line) => {
        console.log(line);
      });
      const session = await startHeadless(process.env, 'bare');
      try {
        const { WAYLAND_DISPLAY: _, ...env } = process.env;
        return runVitest(project, args, { ...env, ...session.env });
      } finally {
        await session.end();
      }
    },
  };
}

function runVitest(project: string, args: readonly string[], env: NodeJS.ProcessEnv): Tally {
  const report = join(projectDir, 'reports', `${project}.json`);
  mkdirSync(join(projectDir, 'reports'), { recursive: true });
  rmSync(report, { force: true });
  const script = join(projectDir, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = node([script, 'run', '--project', project, ...reporters, ...args], env);
  return tallyOf(report, status === 0);
}

/** A file that cannot be loaded has no failed test, yet the run failed: that counts as one. */
function tallyOf(report: string, isGood: boolean): Tally {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    return { passed: numPassedTests, failed: isGood ? 0 : Math.max(1, numFailedTests) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function node(args: readonly string[], env: NodeJS.ProcessEnv): { status: number | null } {
  return spawnSync(process.execPath, args, {
    cwd: projectDir,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
