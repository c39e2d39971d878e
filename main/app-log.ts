import { join } from 'node:path';
import electronLog from 'electron-log/main';
import type { Log } from './log.ts';

/** What nobody foresaw is logged; the process goes on. */
export function logFaults(log: Log): void {
  process.on('uncaughtException', (thrown) => {
    log.error(`uncaught: ${thrown.stack ?? thrown.message}`);
  });
  process.on('unhandledRejection', (thrown) => {
    log.error(`unhandled: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
  });
}

/** Log file in the user's data directory; warnings also on standard error. No bodies, no tokens (X4). */
export function openLog(directory: string): Log {
  electronLog.transports.file.resolvePathFn = () => join(directory, 'logs', 'main.log');
  electronLog.transports.file.level = 'info';
  electronLog.transports.console.level = process.env['AGENT_CONSOLE_LOG'] === '1' ? 'info' : 'warn';
  electronLog.transports.console.writeFn = ({ message }) => {
    process.stderr.write(`${message.data.map(String).join(' ')}\n`);
  };
  return {
    info: (message) => {
      electronLog.info(message);
    },
    warn: (message) => {
      electronLog.warn(message);
    },
    error: (message) => {
      electronLog.error(message);
    },
  };
}
