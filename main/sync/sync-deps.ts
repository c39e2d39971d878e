import type { Timers } from '../../shared/base/timers.ts';
import type { DeskInfo } from '../../shared/protocol/desk-info.ts';
import type { Uploads } from '../blobs/uploads.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import type { FetchedStored, PageStored, WatchTable } from '../watch/watch-table.ts';
import type { DeskClient } from './desk-client.ts';
import type { DeskClock } from './desk-clock.ts';

/** What sync works with, and whom it tells. */
export type SyncDeps = {
  client: DeskClient;
  journal: Journal;
  watch: WatchTable;
  clock: DeskClock;
  /** Brings files to the desk before the commands that name them (S16); none where there are no files. */
  uploads?: Pick<Uploads, 'look' | 'keepsBack' | 'answered' | 'stop'>;
  random: () => number;
  timers: Timers;
  log: Log;
  told: {
    status: () => void;
    commands: () => void;
    page: (stored: PageStored) => void;
    /** Rows of a first sync are there (S8). */
    fetched?: (stored: FetchedStored) => void;
    info: (info: DeskInfo) => void;
    /** Nothing of the desk is here any more (S7, S9). */
    dropped?: () => void;
    /** Tickets went out of the agent's sight: what was kept of them beside the caches goes first (S14, S16). */
    gone?: (isGone: (ticketId: string) => boolean) => Promise<void>;
  };
};
