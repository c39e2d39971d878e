import { withDesk } from './open-desk.ts';
import type { DeskChoice } from './open-desk.ts';
import type { Terminal } from './terminal.ts';

/** Brings the database's tables to this version: opening a desk does. */
export function migrate(options: DeskChoice, terminal: Terminal): Promise<number> {
  return withDesk(options, terminal, async (desk) => {
    terminal.out(`The desk's tables are up to date (version ${desk.known().version}).`);
    return 0;
  });
}
