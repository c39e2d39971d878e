import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the desk's data lies unless it is told otherwise: the same folder that the console's embedded desk uses,
 * so that the CLI works on what the console shows.
 */
export function defaultDataDirectory(
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string {
  return join(configHome(platform, env, home), 'agent-console', 'desk');
}

function configHome(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support');
    case 'win32':
      return env['APPDATA'] ?? join(home, 'AppData', 'Roaming');
    default:
      return env['XDG_CONFIG_HOME'] ?? join(home, '.config');
  }
}
