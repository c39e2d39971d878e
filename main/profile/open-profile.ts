import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { Time } from '../../shared/base/time.ts';
import { openLedger } from '../alerts/ledger.ts';
import type { AlertLedger } from '../alerts/ledger.ts';
import { openBlobFiles } from '../blobs/blob-files.ts';
import type { BlobFiles } from '../blobs/blob-files.ts';
import { openDrafts } from '../drafts/draft-store.ts';
import type { DraftStore } from '../drafts/draft-store.ts';
import { lockDirectory } from '../journal/directory-lock.ts';
import { openJournalFile } from '../journal/journal-file.ts';
import { openJournal } from '../journal/journal.ts';
import type { Journal } from '../journal/journal.ts';
import type { JournalOwner } from '../journal/records.ts';
import type { Log } from '../log.ts';
import type { DeskClock } from '../sync/desk-clock.ts';
import { openWatchStore } from '../watch/watch-store.ts';
import { openWatchTable } from '../watch/watch-table.ts';
import type { WatchTable } from '../watch/watch-table.ts';
import { profileDirectory, writeProfile } from './profile-file.ts';

/** What one agent has at one desk on this machine. */
export type Profile = {
  owner: JournalOwner;
  journal: Journal;
  watch: WatchTable;
  ledger: AlertLedger;
  /** Attached files, by hash (S16). */
  blobs: BlobFiles;
  drafts: DraftStore;
  /** What the agent must know of, such as a damaged journal. */
  notices: readonly string[];
  /** Waits for what is being written, then lets go of the directory. */
  close: () => Promise<void>;
};

export type ProfileDeps = { root: string; wall: Time; clock: DeskClock; log: Log };

/** Opens a profile, or makes it: lock, journal, watch table, alert ledger. The message is for the agent. */
export async function openProfile(
  owner: JournalOwner,
  { root, wall, clock, log }: ProfileDeps,
): Promise<Result<Profile, string>> {
  const directory = profileDirectory(root, owner.consoleId);
  const lock = await lockDirectory(directory);
  if (!lock.ok) return err(lock.error.message);
  let journal: Journal | null = null;
  try {
    const isExpected = await writeProfile(root, owner);
    const read = await openJournal(owner, {
      file: openJournalFile(join(directory, 'journal')),
      // What is written down here is read beside the desk's instants, and counted from (C9).
      time: clock,
      steadyMs: clock.steadyMs,
      newCommandId: () => uuidv7({ msecs: clock.nowMs() }),
      isExpected,
    });
    if (!read.ok) {
      await lock.value.release();
      return err(`The journal cannot be used: ${read.error.message}`);
    }
    journal = read.value;
    for (const line of journal.damage) log.error(`journal: ${line}`);
    const commands = [...journal.state.commands.values()].map((kept) => kept.command);
    const drafts = await openDrafts(join(directory, 'drafts'), { time: clock, commands });
    for (const name of drafts.damaged) log.warn(`drafts: damaged, set aside as ${name}`);
    const caches = await openCaches(directory, { wall, clock, log });
    return ok(profileOf(owner, { journal, drafts, ...caches }, lock.value.release));
  } catch (thrown) {
    await journal?.close();
    await lock.value.release();
    return err(`The profile cannot be opened: ${String(thrown)}`);
  }
}

type Caches = Pick<Profile, 'watch' | 'ledger' | 'blobs'>;

async function openCaches(
  directory: string,
  { wall, clock, log }: Omit<ProfileDeps, 'root'>,
): Promise<Caches> {
  const blobs = await openBlobFiles(join(directory, 'blobs'), { time: wall });
  const store = await openWatchStore(join(directory, 'watch'), log);
  const watch = await openWatchTable(store, clock, wall, log);
  clock.restore(watch.meta());
  try {
    const ledger = await openLedger(join(directory, 'alerts'), clock.nowMs(), log);
    return { watch, ledger, blobs };
  } catch (thrown) {
    await watch.close();
    throw thrown;
  }
}

function profileOf(
  owner: JournalOwner,
  { journal, drafts, watch, ledger, blobs }: Caches & Pick<Profile, 'journal' | 'drafts'>,
  release: () => Promise<void>,
): Profile {
  return {
    owner,
    journal,
    watch,
    ledger,
    drafts,
    blobs,
    notices: [
      ...(journal.damage.length === 0 ? [] : [damageWords(journal.damage)]),
      ...(drafts.damaged.length === 0 ? [] : [damagedDraftWords(drafts.damaged.length)]),
    ],
    close: async () => {
      await journal.close();
      await drafts.close();
      // What fails here is rebuildable; the lock is let go of all the same.
      await Promise.allSettled([watch.close(), ledger.close()]);
      await release();
    },
  };
}

function damageWords(damage: readonly string[]): string {
  const what = damage.slice(0, 3).join('; ');
  const more = damage.length > 3 ? `; and ${damage.length - 3} more` : '';
  return (
    'The file of your saved changes was damaged on this disk. What could be read is kept; what could not may ' +
    `not have reached the desk. Look over your latest tickets. (${what}${more})`
  ).slice(0, 1_000);
}

function damagedDraftWords(count: number): string {
  return count === 1
    ? 'A draft was damaged on this disk and could not be read. Its file is set aside. All other drafts are here.'
    : `${count} drafts were damaged on this disk and could not be read. Their files are set aside. All other drafts are here.`;
}
