import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { endChild } from '../../../build/headless/child.ts';

const notificationSchema = z.object({
  /** The service's number for it; a replaced one keeps its number. */
  id: z.number(),
  summary: z.string(),
  body: z.string(),
  /** Keys and labels in turn. */
  actions: z.array(z.string()),
  hints: z.record(z.string(), z.unknown()),
});

/** One Notify call as the service received it. */
export type SeenNotification = z.infer<typeof notificationSchema>;

/** A notification service of our own on the test run's bus. */
export interface NotificationService {
  /** Every notification since the start, oldest first. */
  seen(): Promise<SeenNotification[]>;
  /** The person clicks notification `id`. */
  click(id: number): Promise<void>;
  end(): Promise<void>;
}

/** Debian's Python, which has the dbusmock package; another one may come first on the PATH. */
const PYTHON = '/usr/bin/python3';
const script = fileURLToPath(new URL('notification-service.py', import.meta.url));

/**
 * Starts the service. It must run before the console does: Electron asks once what the service can
 * do. `npm test` and `npm run test:e2e` provide the bus.
 */
export async function startNotificationService(): Promise<NotificationService> {
  const child = spawn(PYTHON, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const { value, done } = await answers.next();
    if (done === true) throw new Error('the notification service ended');
    return JSON.parse(value);
  };
  const ask = async (command: object): Promise<SeenNotification[]> => {
    child.stdin.write(`${JSON.stringify(command)}\n`);
    return z.array(notificationSchema).parse(await answer());
  };
  await answer();
  return {
    seen: () => ask({ do: 'list' }),
    click: async (id) => {
      await ask({ do: 'invoke', id });
    },
    end: () => {
      child.stdin.end();
      return endChild(child);
    },
  };
}
