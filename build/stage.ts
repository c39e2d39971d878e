import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packedAsPackages } from './packed-packages.ts';
import { projectDir } from './paths.ts';

/** Parts of packages that the app never reads: sources, types, other module formats, extensions. */
const NOT_PACKED = /\.(map|d\.ts|d\.cts|tar\.gz|c|cc|h|gyp|gypi|md)$|^(deps|src)$/;

interface Manifest {
  readonly version: string;
  readonly dependencies?: Record<string, string>;
  readonly [field: string]: unknown;
}

/**
 * Lays out in dist/app exactly what is packed: a bundle, a short package.json, and the packages
 * that could not be bundled. electron-builder, given the project itself, would pack every
 * dependency a second time beside the bundle that already holds it.
 */
export function stageApp(bundleDir: string): void {
  const app = join(projectDir, 'dist', 'app');
  rmSync(app, { recursive: true, force: true });
  mkdirSync(app, { recursive: true });
  cpSync(bundleDir, join(app, 'out'), {
    recursive: true,
    filter: (path) => !path.endsWith('.map') && !path.endsWith('.built-from'),
  });
  const packages = withDependencies(packedAsPackages);
  for (const name of packages.keys()) {
    const from = join(projectDir, 'node_modules', name);
    cpSync(from, join(app, 'node_modules', name), {
      recursive: true,
      filter: (path) => isPacked(relative(from, path)),
    });
  }
  const { name, productName, version, description, author, type, main } = manifest(projectDir);
  const dependencies = Object.fromEntries(
    packedAsPackages.map((each) => [each, packages.get(each)]),
  );
  const short = { name, productName, version, description, author, type, main, dependencies };
  writeFileSync(join(app, 'package.json'), JSON.stringify(short, null, 2));
}

function isPacked(path: string): boolean {
  return !NOT_PACKED.test(path) && !isForeignPrebuild(path);
}

/** `prebuilds/linux-arm64` on x64 and the like; `darwin-x64+arm64` serves both. */
function isForeignPrebuild(path: string): boolean {
  const folder = /^prebuilds\/([^/]+)$/.exec(path)?.[1];
  if (folder === undefined) return false;
  const [platform, arches = ''] = folder.split('-');
  return platform !== process.platform || !arches.split('+').includes(process.arch);
}

/** Every package these need, themselves included, with its version. */
function withDependencies(names: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    const { version, dependencies = {} } = manifest(join(projectDir, 'node_modules', name));
    found.set(name, version);
    Object.keys(dependencies).forEach(add);
  };
  names.forEach(add);
  return found;
}

function manifest(dir: string): Manifest {
  return JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as Manifest;
}
