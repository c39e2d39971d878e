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
    return 1;
  }
  const store = opened.value;
  try {
    return await work(await startDesk(store, around));
  } finally {
    await store.close();
  }
}

async function openStore(
  choice: DeskChoice,
  terminal: Terminal,
): Promise<Result<Store, { message: string }>> {
  const around = thisMachine(terminal.err);
  const fresh = { deskId: around.newId(), epoch: around.newId() };
  const url = process.env['DATABASE_URL'];
  if (choice.data === undefined && url !== undefined && url !== '') {
    const { openPostgres } = await import('../store/sql/postgres.ts');
    const opened = await openPostgres(url, fresh, around.log);
    return opened.ok ? opened : err({ message: `DATABASE_URL: ${opened.error}` });
  }
  const directory = choice.data ?? defaultDataDirectory();
  if (choice.mustExist === true && !holdsDesk(directory))
    return err({ message: `there is no desk in ${directory}` });
  return openDirectory(directory, fresh);
}
