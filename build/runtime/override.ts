import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Stop } from '../message.ts';
import { executableIn } from './runtime.ts';
import type { Runtime } from './runtime.ts';

/** The runtime that ELECTRON_OVERRIDE_DIST_PATH names. A wrong path ends the script: it was meant. */
export function overrideRuntime(path: string): Runtime {
  const distPath = resolve(path);
  const executable = executableIn(distPath, process.platform);
  if (!existsSync(executable)) {
    throw new Stop(`ELECTRON_OVERRIDE_DIST_PATH is ${distPath}, but there is no ${executable}.`);
  }
  const versionFile = join(distPath, 'version');
  if (!existsSync(versionFile)) {
    throw new Stop(
      `ELECTRON_OVERRIDE_DIST_PATH is ${distPath}, but its file "version" is missing; ` +
        'every Electron distribution has one. Unpack the distribution again.',
    );
  }
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  return { distPath, executable, version, source: 'override' };
}
