import { readFile } from 'node:fs/promises';
import { ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { importTickets } from '../intake/import-tickets.ts';
import { parseAsOf } from '../log-import/local-time.ts';
import { readLog } from '../log-import/read-log.ts';
import { withDesk } from './open-desk.ts';
import type { DeskChoice } from './open-desk.ts';
import { randomFrom } from '../demo/random.ts';
import { readZonedTime } from './read-instant.ts';
import type { Terminal } from './terminal.ts';

export type ImportOptions = DeskChoice & { asOf: string };

/** Takes a help desk's log as it stood at a moment, and makes that moment now. All or nothing. */
export async function importLog(
  file: string,
  options: ImportOptions,
  terminal: Terminal,
): Promise<number> {
  const asOf = readAsOf(options.asOf);
  if (!asOf.ok) {
    terminal.err(`--as-of: ${asOf.error}`);
    return 1;
  }
  const asOfMs = asOf.value;
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    terminal.err(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
    return 1;
  }
  // Before any desk is opened: a file with a fault leaves everything as it was.
  const read = readLog(bytes, {
    asOfMs,
    nowMs: Date.now(),
    random: randomFrom(`import ${asOfMs}`),
  });
  if (!read.ok) {
    terminal.err(`${file}: line ${read.error.line}: ${read.error.message}`);
    return 1;
  }
  const { tickets, agents, report } = read.value;
  return withDesk(options, terminal, async (desk) => {
    const imported = await importTickets(desk, { tickets, agents, demo: false });
    if (!imported.ok) {
      terminal.err(`${file}: nothing was imported: ${imported.error.message}`);
      return 1;
    }
    for (const line of report) terminal.out(line);
    return 0;
  });
}

/** A time with its zone (Z or an offset), or one without, which is local where the log was kept. */
export function readAsOf(text: string): Result<number, string> {
  const zoned = readZonedTime(text);
  return zoned === null ? parseAsOf(text) : ok(zoned);
}
