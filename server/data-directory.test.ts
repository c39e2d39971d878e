import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultDataDirectory } from './data-directory.ts';

test.each([
  ['linux', {}, join('/home/kim', '.config')],
  ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/cfg'],
  ['darwin', {}, join('/home/kim', 'Library', 'Application Support')],
  ['win32', { APPDATA: '/roaming' }, '/roaming'],
] as const)('on %s with %j the desk lies in %s', (platform, env, home) => {
  expect(defaultDataDirectory(platform, env, '/home/kim')).toBe(
    join(home, 'agent-console', 'desk'),
  );
});
