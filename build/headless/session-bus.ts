import { fileURLToPath } from 'node:url';
import { Stop, messageOf } from '../message.ts';
import { endChild, firstLine, startServing } from './child.ts';
import type { Session } from './display.ts';

/**
 * `desktop` starts services by itself when they are called, as a desktop's bus does (a notification
 * service, if one is installed); `bare` starts none, so that a test decides what is there.
 */
export type BusKind = 'desktop' | 'bare';

const configFor: Record<BusKind, string> = {
  desktop: '--session',
  bare: `--config-file=${fileURLToPath(new URL('bare-bus.conf', import.meta.url))}`,
};

/**
 * Starts a private D-Bus session. What it starts by itself runs with `env`, so that it finds the
 * display, and goes when the bus goes.
 */
export async function startSessionBus(env: NodeJS.ProcessEnv, kind: BusKind): Promise<Session> {
  const args = [configFor[kind], '--nofork', '--nopidfile', '--print-address=1'];
  const child = startServing('dbus-daemon', args, {
    env,
    // It reports each service that it starts; that is of no use to the reader of a terminal.
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const address = await firstLine(child, child.stdout);
    return { env: { DBUS_SESSION_BUS_ADDRESS: address }, end: () => endChild(child) };
  } catch (thrown) {
    throw new Stop(`dbus-daemon did not start: ${messageOf(thrown)}`);
  }
}
