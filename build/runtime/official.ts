import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { downloadArtifact } from '@electron/get';
import { executableIn } from './runtime.ts';
import type { Runtime } from './runtime.ts';

/** No byte for this long, at the start or in between, and the release page counts as out of reach. */
const SILENCE_MS = 8_000;

const require = createRequire(import.meta.url);
const packageDir = dirname(require.resolve('electron/package.json'));
const distPath = join(packageDir, 'dist');

/** The version of the `electron` package, which is the one that is shipped. */
export function shippedVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/** The official binary, if it is already unpacked. */
export function presentOfficialRuntime(): Runtime | undefined {
  const version = shippedVersion();
  const executable = executableIn(distPath, process.platform);
  const versionFile = join(distPath, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return undefined;
  const present = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  if (present !== version) return undefined;
  return { distPath, executable, version, source: 'official' };
}

/**
 * Fetches the official binary with the checksums of the `electron` package, through the cache that
 * Electron's own tools use, and has that package unpack it. Throws when the release page does not
 * answer or falls silent.
 */
export async function fetchOfficialRuntime(): Promise<Runtime> {
  const silence = new AbortController();
  const giveUp = (): void => {
    silence.abort(new Error(`no answer within ${SILENCE_MS / 1000} s`));
  };
  let timer = setTimeout(giveUp, SILENCE_MS);
  try {
    await downloadArtifact({
      version: shippedVersion(),
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: require(join(packageDir, 'checksums.json')) as Record<string, string>,
      downloadOptions: {
        quiet: true,
        signal: silence.signal,
        getProgressCallback: () => {
          clearTimeout(timer);
          timer = setTimeout(giveUp, SILENCE_MS);
          return Promise.resolve();
        },
      },
    });
  } finally {
    clearTimeout(timer);
  }
  execFileSync(process.execPath, [join(packageDir, 'install.js')], { stdio: 'pipe' });
  const runtime = presentOfficialRuntime();
  if (runtime === undefined) throw new Error('it was fetched, but its unpacking failed');
  return runtime;
}
