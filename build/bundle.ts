import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop } from './message.ts';
import { projectDir } from './paths.ts';
import { renderIcons } from './render-icons.ts';

const sources = ['shared', 'main', 'renderer', 'server', 'build/icons'];
const settings = ['package.json', 'package-lock.json', 'electron.vite.config.ts'];

/** A bundle for the tests differs in what is compiled in for them (electron.vite.config.ts). */
export type BundleKind = 'release' | 'test';

/** Where each kind lies, with a main, preload, renderer and icons folder. */
export const bundleDirs: Readonly<Record<BundleKind, string>> = {
  release: join(projectDir, 'out'),
  test: join(projectDir, 'dist', 'test-bundle'),
};

/** Bundles the app if what it is made from has changed since. Says how long it took. */
export function bundle(say: (line: string) => void, kind: BundleKind = 'release'): void {
  const stampFile = join(bundleDirs[kind], '.built-from');
  const stamp = bundleStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const startedAt = performance.now();
  const cli = join(projectDir, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  try {
    execFileSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], {
      cwd: projectDir,
      env: { ...process.env, AGENT_CONSOLE_TEST_BUNDLE: kind === 'test' ? '1' : '0' },
      stdio: 'inherit',
    });
  } catch {
    throw new Stop('The build failed; its messages are above.');
  }
  renderIcons(bundleDirs[kind]);
  writeFileSync(stampFile, stamp);
  say(`Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}

/** Changes when any file that the bundle is made from is added, removed or written. */
export function bundleStamp(): string {
  const files = sources.flatMap((part) =>
    readdirSync(join(projectDir, part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const hash = createHash('sha256');
  for (const file of [...files, ...settings.map((name) => join(projectDir, name))].toSorted()) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}
