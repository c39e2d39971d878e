import { withDesk } from './open-desk.ts';
import type { DeskChoice } from './open-desk.ts';
import type { Terminal } from './terminal.ts';

/** Opening a desk brings its tables to this version. */
export function migrate(options: DeskChoice, terminal: Terminal): Promise<number> {
  return withDesk(options, terminal, async (desk) => {
    terminal.out(`The desk's tables are up to date (version ${desk.known().version}).`);
    return 0;
  });
}
