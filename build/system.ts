import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Stop } from './message.ts';

/** What one of our commands needs from the system. Each later one includes those before it. */
export type Need = 'window' | 'headless' | 'test';

/** A Debian package under the names it has had; the first that is known is installed. */
type Package = readonly [string, ...string[]];

/** Debian 13 and Ubuntu 24.04 renamed several libraries for 64-bit time (`t64`). */
const packages: Record<Need, readonly Package[]> = {
  window: [
    ['libgtk-3-0', 'libgtk-3-0t64'],
    ['libnss3'],
    ['libasound2', 'libasound2t64'],
    ['libgbm1'],
    ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
    ['libxss1'],
    ['libxtst6'],
    ['fonts-dejavu-core'],
  ],
  // A bare machine has no fonts for what customers of all countries write.
  headless: [
    ['xvfb'],
    ['dbus'],
    ['dbus-x11'],
    ['dunst'],
    ['fonts-droid-fallback'],
    ['fonts-noto-color-emoji'],
  ],
  test: [['python3-dbusmock'], ['postgresql-15', 'postgresql-17']],
};

/** What to look for where there is no dpkg. */
const programs: Record<Need, readonly string[]> = {
  window: [],
  headless: ['Xvfb', 'dbus-daemon'],
  test: ['python3'],
};

/** The system as this check sees it; the tests pass another one. */
export interface System {
  readonly isRoot: boolean;
  readonly isLinux: boolean;
  readonly hasDpkg: boolean;
  installed(name: string): boolean;
  /** Whether apt knows a package of this name. */
  known(name: string): boolean;
  hasProgram(name: string): boolean;
  apt(args: readonly string[]): void;
}

/**
 * Makes sure of what `need` takes: root on Debian gets it installed, others get the one command to
 * run. Throws a {@link Stop} that names what is missing.
 */
export function requireSystem(need: Need, system: System, say: (line: string) => void): void {
  if (!system.isLinux) return;
  if (!system.hasDpkg) {
    requirePrograms(need, system);
    return;
  }
  const missing = upTo(need, packages).filter((names) => !names.some((n) => system.installed(n)));
  if (missing.length === 0) return;
  if (!system.isRoot) {
    const names = missing.map((options) => nameFor(options, system)).join(' ');
    throw new Stop(
      `This system lacks what Electron needs${need === 'window' ? '' : ` (${need})`}. Run:\n` +
        `    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}\n` +
        'and start again.',
    );
  }
  // Only after the update does apt know the names.
  system.apt(['update', '-qq']);
  const names = missing.map((options) => nameFor(options, system));
  say(`Installing with apt-get, as this runs as root: ${names.join(' ')}`);
  system.apt(['install', '-y', '-qq', '--no-install-recommends', ...names]);
}

function requirePrograms(need: Need, system: System): void {
  const missing = upTo(need, programs).filter((name) => !system.hasProgram(name));
  if (missing.length === 0) return;
  throw new Stop(
    `This needs ${missing.join(', ')}, with your system's package manager. ` +
      `(On Debian: ${upTo(need, packages)
        .map(([first]) => first)
        .join(' ')})`,
  );
}

function upTo<T>(need: Need, table: Record<Need, readonly T[]>): T[] {
  const order: readonly Need[] = ['window', 'headless', 'test'];
  return order.slice(0, order.indexOf(need) + 1).flatMap((step) => table[step]);
}

function nameFor(options: Package, system: System): string {
  return options.find((name) => system.known(name)) ?? options[0];
}

/** Names the shared libraries that the loader cannot find for an executable; empty where it can. */
export function missingLibraries(executable: string): string[] {
  if (process.platform !== 'linux') return [];
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return [...stdout.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1] ?? '');
}

/** This machine. */
export function thisSystem(): System {
  const quiet = (command: string, args: readonly string[]): string =>
    spawnSync(command, args, { encoding: 'utf8' }).stdout;
  const hasProgram = (name: string): boolean =>
    (process.env['PATH'] ?? '').split(delimiter).some((dir) => existsSync(join(dir, name)));
  return {
    isRoot: process.getuid?.() === 0,
    isLinux: process.platform === 'linux',
    hasDpkg: hasProgram('dpkg-query') && hasProgram('apt-get'),
    installed: (name) =>
      quiet('dpkg-query', ['-W', '-f=${db:Status-Status}', name]) === 'installed',
    known: (name) => /Candidate: (?!\(none\))/.test(quiet('apt-cache', ['policy', name])),
    hasProgram,
    apt: (args) => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      execFileSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    },
  };
}
