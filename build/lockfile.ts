/** The parts of package-lock.json (version 3) that matter here. */
export interface Lockfile {
  readonly packages: Record<string, LockedPackage>;
}

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Record<string, string>;
}

interface PlatformPackage {
  readonly version: string;
  readonly optional: true;
  readonly dev?: true;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'win32'];
const PROCESSORS = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'x64',
];

/**
 * The entries that a lockfile lacks for packages of other platforms. A registry mirror may hold only
 * what its own platform needs; npm then leaves the others out of the lockfile, and `npm ci` calls
 * that lockfile incomplete (npm/cli issue 9846). An entry with a version, and with the platform by
 * which npm passes over it, is enough; on that platform npm fetches it by name and version.
 */
export function missingEntries(lockfile: Lockfile): Record<string, PlatformPackage> {
  const missing: Record<string, PlatformPackage> = {};
  for (const [path, { dev, optionalDependencies = {} }] of Object.entries(lockfile.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (isLocked(lockfile, path, name)) continue;
      // npm resolves a range for itself; platform packages are always named by exact version.
      if (!/^\d+\.\d+\.\d+/.test(version)) continue;
      missing[`node_modules/${name}`] = {
        version,
        optional: true,
        ...(dev === true ? { dev } : {}),
        ...platformOf(name),
      };
    }
  }
  return missing;
}

function isLocked({ packages }: Lockfile, parent: string, name: string): boolean {
  return (
    packages[`${parent}/node_modules/${name}`]?.version !== undefined ||
    packages[`node_modules/${name}`]?.version !== undefined
  );
}

/** What a platform package's name says: `binding-linux-arm64-musl`, `darwin-x64`, `wasm32-wasi`. */
function platformOf(name: string): Pick<PlatformPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.slice(name.lastIndexOf('/') + 1).split('-');
  const os = words.filter((word) => SYSTEMS.includes(word) || word === 'openharmony');
  const cpu = words.filter((word) => PROCESSORS.includes(word) || word === 'wasm32');
  const last = words.at(-1) ?? '';
  const libc = last.startsWith('musl') ? ['musl'] : last.startsWith('gnu') ? ['glibc'] : [];
  return {
    ...(os.length > 0 ? { os } : {}),
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(libc.length > 0 ? { libc } : {}),
  };
}
