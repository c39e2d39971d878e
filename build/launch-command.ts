import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cacheDir } from './paths.ts';
import type { Runtime } from './runtime/runtime.ts';

/** What to execute to run the app in `projectDir` from its folder. */
export interface LaunchCommand {
  readonly executable: string;
  readonly args: readonly string[];
}

/**
 * An Electron with its default app takes the folder as an argument. One without it (the carried
 * one) looks for `resources/app` only: it gets a per-user copy of its folder, made of links, in
 * which `resources/app` leads to the project.
 */
export function launchCommand(runtime: Runtime, projectDir: string): LaunchCommand {
  if (process.platform !== 'linux' || hasDefaultApp(runtime)) {
    return { executable: runtime.executable, args: [projectDir] };
  }
  return { executable: linkedCopy(runtime, projectDir), args: [] };
}

function hasDefaultApp(runtime: Runtime): boolean {
  return existsSync(join(runtime.distPath, 'resources', 'default_app.asar'));
}

function linkedCopy(runtime: Runtime, projectDir: string): string {
  const { mtimeMs } = statSync(runtime.executable);
  const key = createHash('sha256').update(`${runtime.distPath}\n${mtimeMs}\n${projectDir}`);
  const dir = join(cacheDir(process.env), 'launch', key.digest('hex').slice(0, 16));
  // A complete one is left alone: a console may be running from it.
  if (!existsSync(dir)) {
    mkdirSync(dirname(dir), { recursive: true });
    const work = mkdtempSync(`${dir}-`);
    linkInto(work, runtime, projectDir);
    renameSync(work, dir);
  }
  return join(dir, basename(runtime.executable));
}

function linkInto(dir: string, runtime: Runtime, projectDir: string): void {
  const name = basename(runtime.executable);
  for (const entry of readdirSync(runtime.distPath)) {
    if (entry === 'resources' || entry === name) continue;
    symlinkSync(join(runtime.distPath, entry), join(dir, entry));
  }
  mkdirSync(join(dir, 'resources'));
  symlinkSync(projectDir, join(dir, 'resources', 'app'));
  // Electron finds its resources beside its real path, so the executable cannot be a symbolic link.
  try {
    linkSync(runtime.executable, join(dir, name));
  } catch {
    copyFileSync(runtime.executable, join(dir, name));
  }
}
