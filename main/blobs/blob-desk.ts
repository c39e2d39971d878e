import type { BridgeEvent } from '../../shared/bridge/events.ts';
import type { Time } from '../../shared/base/time.ts';
import { attachmentsOf } from '../../shared/tickets/attachment.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { coalesce } from '../coalesce.ts';
import type { Log } from '../log.ts';
import type { Profile } from '../profile/open-profile.ts';
import type { DeskClient } from '../sync/desk-client.ts';
import type { BlobFiles } from './blob-files.ts';
import { fetchBlob } from './fetch-blob.ts';
import type { FetchBlob } from './fetch-blob.ts';
import { incomingFiles } from './incoming-files.ts';
import type { IncomingFiles } from './incoming-files.ts';
import { uploadsOf } from './uploads.ts';
import type { Uploads } from './uploads.ts';

/** A profile's files at work: what comes in, what goes to the desk, what comes from it (S16). */
export type BlobDesk = {
  files: BlobFiles;
  incoming: IncomingFiles;
  uploads: Uploads;
  fetch: FetchBlob;
  /** Files that a draft is about to name: they stay from now on. */
  added: (files: readonly Attachment[]) => Promise<void>;
  /** The first file that an action names and that is not here; null where there is none. */
  missing: (action: Action) => Attachment | null;
  stop: () => void;
};

export type BlobDeskDeps = {
  client: Pick<DeskClient, 'blobStanding' | 'putBlob' | 'getBlob'>;
  /** The agent works offline: the desk is not asked. */
  isPaused: () => boolean;
  time: Time;
  tell: (name: 'uploads.changed', event: BridgeEvent<'uploads.changed'>) => void;
  /** Commands that waited for a file may go. */
  wake: () => void;
  log: Log;
};

export function blobDesk(
  { journal, drafts, blobs: files }: Pick<Profile, 'journal' | 'blobs' | 'drafts'>,
  { client, isPaused, time, tell, wake, log }: BlobDeskDeps,
): BlobDesk {
  const stopped = new AbortController();
  /** Of this run: their draft may not be on the disk yet. */
  const fresh = new Set<string>();

  /** What a record or draft names, or is about to, is never deleted (S16). */
  const sweep = async (): Promise<void> => {
    const pinned = new Set(fresh);
    for (const { command } of journal.state.commands.values())
      for (const { hash } of attachmentsOf(command.action)) pinned.add(hash);
    for (const { hash } of drafts.all().flatMap(attachmentsOf)) pinned.add(hash);
    await files.sweep(pinned);
  };

  const progress = coalesce(() => {
    tell('uploads.changed', { uploads: uploads.progress() });
  });
  const told = { progress, moved: wake };
  const uploads = uploadsOf({ files, client, journal, time, told, log });

  return {
    files,
    incoming: incomingFiles(files),
    uploads,
    fetch: fetchBlob({ files, client, isOffline: isPaused, kept: sweep, stopped: stopped.signal }),
    added: async (added) => {
      for (const { hash } of added) fresh.add(hash);
      await sweep();
    },
    missing: (action) => attachmentsOf(action).find((file) => !files.has(file)) ?? null,
    stop: () => {
      stopped.abort();
    },
  };
}
