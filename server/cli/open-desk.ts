import { err } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { defaultDataDirectory } from '../data-directory.ts';
import { startDesk } from '../desk.ts';
import type { Desk } from '../desk.ts';
import type { Store } from '../store/contract.ts';
import { holdsDesk, openDirectory } from '../store/sql/pglite.ts';
import { thisMachine } from '../surroundings.ts';
import type { Terminal } from './terminal.ts';

/** Which desk a command is for. */
export type DeskChoice = {
  data?: string;
  /** A command that only looks makes no desk where there is none. */
  mustExist?: boolean;
  /** What else to say where another process has it. */
  whenInUse?: string;
};

/** Opens the chosen desk, works on it, and closes it whatever happens. Gives the exit code. */
export async function withDesk(
  choice: DeskChoice,
  terminal: Terminal,
  work: (desk: Desk) => Promise<number>,
): Promise<number> {
  const around = thisMachine(terminal.err);
  const opened = await openStore(choice, terminal);
  if (!opened.ok) {
    terminal.err(opened.error.message);
    if (opened.error.kind === 'in-use' && choice.whenInUse !== undefined)
      terminal.err(choice.whenInUse);
    return 1;
  }
  const store = opened.value;
  try {
    return await work(await startDesk(store, around));
  } finally {
    await store.close();
  }
}

/** Is it a desk on PostgreSQL, and not in a data directory? */
export function isOnPostgres(choice: DeskChoice): boolean {
  return databaseUrl(choice) !== null;
}

function databaseUrl({ data }: DeskChoice): string | null {
  const url = process.env['DATABASE_URL'];
  return data === undefined && url !== undefined && url !== '' ? url : null;
}

async function openStore(
  choice: DeskChoice,
  terminal: Terminal,
): Promise<Result<Store, { kind?: string; message: string }>> {
  const around = thisMachine(terminal.err);
  const fresh = { deskId: around.newId(), epoch: around.newId() };
  const url = databaseUrl(choice);
  if (url !== null) {
    const { openPostgres } = await import('../store/sql/postgres.ts');
    const opened = await openPostgres(url, fresh, around.log);
    return opened.ok ? opened : err({ message: `DATABASE_URL: ${opened.error}` });
  }
  const directory = choice.data ?? defaultDataDirectory();
  if (choice.mustExist === true && !(await holdsDesk(directory)))
    return err({ message: `there is no desk in ${directory}` });
  return openDirectory(directory, fresh);
}
