import type { Journal } from '../../main/journal/journal.ts';
import type { SyncLoop } from '../../main/sync/loop.ts';
import type { WatchTable } from '../../main/watch/watch-table.ts';
import type { JournalledCommand } from '../../shared/bridge/journal-view.ts';
import type { TicketRow } from '../../shared/tickets/view.ts';
import type { Process } from './process.ts';

/** A console's main process while it runs. */
export type RunningMain = {
  process: Process;
  journal: Journal;
  watch: WatchTable;
  sync: SyncLoop;
  /** The page is told what the journal says, soon. */
  tellCommands: () => void;
  /** To whom; null where no page listens. */
  listener: {
    commands: (commands: readonly JournalledCommand[]) => void;
    rows: (rows: readonly TicketRow[]) => void;
  } | null;
};
