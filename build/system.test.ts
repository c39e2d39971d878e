import { expect, test } from 'vitest';
import { Stop } from './message.ts';
import { requireSystem } from './system.ts';
import type { Need, System } from './system.ts';

interface FakeDebian {
  readonly installed?: readonly string[];
  readonly known?: readonly string[];
  readonly isRoot?: boolean;
  readonly hasDpkg?: boolean;
}

function debian(about: FakeDebian): System & { ran: string[] } {
  const ran: string[] = [];
  return {
    ran,
    isRoot: about.isRoot ?? false,
    isLinux: true,
    hasDpkg: about.hasDpkg ?? true,
    installed: (name) => about.installed?.includes(name) ?? false,
    known: (name) => about.known?.includes(name) ?? true,
    hasProgram: () => false,
    apt: (args) => ran.push(args.join(' ')),
  };
}

const windowPackages = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libatk-bridge2.0-0',
  'libxss1',
  'libxtst6',
  'fonts-dejavu-core',
];

function refusal(need: Need, system: System): string {
  try {
    requireSystem(need, system, () => undefined);
  } catch (thrown) {
    if (thrown instanceof Stop) return thrown.message;
    throw thrown;
  }
  return '';
}

test('someone who is not root gets the one command with just what is missing', () => {
  const system = debian({
    installed: [...windowPackages.slice(1), 'dbus', 'dbus-x11', 'fonts-droid-fallback'],
  });
  expect(refusal('headless', system)).toContain(
    'sudo apt-get update && sudo apt-get install -y --no-install-recommends libgtk-3-0 xvfb dunst fonts-noto-color-emoji\n',
  );
  expect(system.ran).toEqual([]);
});

test('root gets it installed after one update, and is told', () => {
  const system = debian({ installed: windowPackages.slice(0, -1), isRoot: true });
  const said: string[] = [];
  requireSystem('window', system, (line) => said.push(line));
  expect(system.ran).toEqual([
    'update -qq',
    'install -y -qq --no-install-recommends fonts-dejavu-core',
  ]);
  expect(said.join()).toContain('fonts-dejavu-core');
});

test('a machine that lacks nothing is left alone, and a start needs less than the tests', () => {
  const system = debian({ installed: windowPackages });
  expect(refusal('window', system)).toBe('');
  expect(refusal('test', system)).toContain('python3-dbusmock');
  expect(refusal('headless', system)).not.toContain('python3-dbusmock');
});

test('a renamed library counts under either name, and is asked for under the one apt knows', () => {
  const renamed = windowPackages.map((name) => (name === 'libasound2' ? 'libasound2t64' : name));
  expect(refusal('window', debian({ installed: renamed }))).toBe('');
  const lacking = debian({ installed: windowPackages.slice(1), known: ['libgtk-3-0t64'] });
  expect(refusal('window', lacking)).toContain('libgtk-3-0t64');
});

test('without dpkg the programs are named', () => {
  expect(refusal('headless', debian({ hasDpkg: false }))).toContain('Xvfb, dbus-daemon');
  expect(refusal('window', debian({ hasDpkg: false }))).toBe('');
});
