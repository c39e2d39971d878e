import { FAILPOINT_PATH, dieAt, onFailpoint } from '../shared/base/failpoint.ts';

/**
 * For test builds: the process dies at the failpoint that the environment names, as by a power cut: no handler runs,
 * nothing is flushed.
 */
export function armFailpoint(): void {
  const armed = armedFailpoint();
  if (armed !== '') onFailpoint(dieAt(armed, die));
}

/** What the page's side asks: what is armed, and, at its own failpoints, to die. Null where it asks something else. */
export function failpointAnswer(url: string): string | null {
  const { pathname } = new URL(url);
  if (pathname === `${FAILPOINT_PATH}/die`) die();
  return pathname === FAILPOINT_PATH ? armedFailpoint() : null;
}

function armedFailpoint(): string {
  return process.env['AGENT_CONSOLE_FAILPOINT'] ?? '';
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}
