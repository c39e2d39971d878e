import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, without a slash at its end. */
export const projectDir = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** The per-user cache of this project's tools: runtimes, launch folders. */
export function cacheDir(env: NodeJS.ProcessEnv): string {
  const base = env['XDG_CACHE_HOME'];
  return join(
    base === undefined || base === '' ? join(homedir(), '.cache') : base,
    'agent-console',
  );
}
