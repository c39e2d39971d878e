import { startDisplay } from './display.ts';
import type { Session } from './display.ts';
import { startSessionBus } from './session-bus.ts';
import type { BusKind } from './session-bus.ts';

/** A display and a D-Bus session that belong to us alone, for as long as one command runs. */
export async function startHeadless(env: NodeJS.ProcessEnv, kind: BusKind): Promise<Session> {
  const display = await startDisplay();
  const bus = await startSessionBus({ ...env, ...display.env }, kind).catch(
    async (thrown: unknown) => {
      await display.end();
      throw thrown;
    },
  );
  return {
    env: {
      ...display.env,
      ...bus.env,
      // A container has no system bus; on ours Electron finds no power service either, but quietly.
      DBUS_SYSTEM_BUS_ADDRESS: bus.env['DBUS_SESSION_BUS_ADDRESS'] ?? '',
    },
    end: async () => {
      await bus.end();
      await display.end();
    },
  };
}
