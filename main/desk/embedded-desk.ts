import { randomBytes } from 'node:crypto';
import { utilityProcess } from 'electron';
import type { UtilityProcess } from 'electron';
import { unreachable } from '../../shared/base/assert.ts';
import { deskReportSchema } from '../../shared/protocol/embedded-desk.ts';
import type { DeskOrder } from '../../shared/protocol/embedded-desk.ts';
import type { Log } from '../log.ts';
import { backoffMs } from '../sync/backoff.ts';
import type { DeskAddress } from '../sync/desk-client.ts';

export type EmbeddedDesk = {
  start: () => void;
  /** Where it listens and with which token; null while it does not. */
  address: () => DeskAddress | null;
  /** Why it does not run, in words; null while it does or is starting. */
  trouble: () => string | null;
  /** Ends it in order and waits until it has gone. */
  stop: () => Promise<void>;
};

/** Its last backup has 5 s, its closing 2.5 s. */
const STOP_MS = 9_000;
/** One that ran so long had not failed to start. */
const STEADY_MS = 30_000;

/**
 * The embedded desk in a process of its own, started again when it dies. It ends with this one (S10): a utility
 * process has no life beyond its parent's.
 */
export function embeddedDesk(options: {
  /** The built entry. */
  script: string;
  dataDir: string;
  log: Log;
  changed: () => void;
}): EmbeddedDesk {
  const { script, dataDir, log, changed } = options;
  let child: UtilityProcess | null = null;
  let address: DeskAddress | null = null;
  let trouble: string | null = null;
  let failures = 0;
  let stopping = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const start = (): void => {
    const startedAt = performance.now();
    // A new token for each start: nothing that knew the last one can speak to this one (X5).
    const token = randomBytes(32).toString('base64url');
    const own = utilityProcess.fork(script, [], {
      serviceName: 'Agent Console desk',
      stdio: 'pipe',
    });
    child = own;
    own.stdout?.on('data', (chunk: Buffer) => {
      log.info(`desk: ${chunk.toString().trimEnd()}`);
    });
    own.stderr?.on('data', (chunk: Buffer) => {
      log.warn(`desk: ${chunk.toString().trimEnd()}`);
    });
    own.on('message', (message: unknown) => {
      const report = deskReportSchema.safeParse(message);
      if (!report.success) {
        log.warn('desk: a message that is not in the contract');
        return;
      }
      switch (report.data.kind) {
        case 'listening':
          log.info(`desk: listening after ${Math.round(performance.now() - startedAt)} ms`);
          address = { url: report.data.url, token };
          trouble = null;
          break;
        case 'failed':
          trouble =
            report.data.code === 'in-use'
              ? "The embedded desk's data is used by another process."
              : `The embedded desk did not start: ${report.data.message}`;
          log.warn(`desk: ${report.data.code}: ${report.data.message}`);
          break;
        default:
          unreachable(report.data);
      }
      changed();
    });
    own.on('exit', (code) => {
      if (child === own) child = null;
      address = null;
      if (stopping) return;
      failures = performance.now() - startedAt > STEADY_MS ? 1 : failures + 1;
      trouble ??= 'The embedded desk stopped and is being started again.';
      const delayMs = backoffMs(failures, Math.random);
      log.warn(`desk: ended with ${code}; again in ${delayMs} ms`);
      timer = setTimeout(start, delayMs);
      changed();
    });
    const order: DeskOrder = { kind: 'start', dataDir, token };
    own.postMessage(order);
  };

  return {
    start,
    address: () => address,
    trouble: () => trouble,
    stop: () => {
      stopping = true;
      clearTimeout(timer);
      const ending = child;
      if (ending === null) return Promise.resolve();
      return new Promise((resolve) => {
        const late = setTimeout(() => {
          ending.kill();
          resolve();
        }, STOP_MS);
        ending.once('exit', () => {
          clearTimeout(late);
          resolve();
        });
        const order: DeskOrder = { kind: 'stop' };
        ending.postMessage(order);
      });
    },
  };
}
