import type { BridgeEvent } from '../../shared/bridge/events.ts';
import { HOUR_MS } from '../../shared/base/time.ts';
import type { Time } from '../../shared/base/time.ts';
import { attachmentsOf } from '../../shared/tickets/attachment.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import type { Action } from '../../shared/tickets/command.ts';
import { coalesce } from '../coalesce.ts';
import type { Log } from '../log.ts';
import type { Profile } from '../profile/open-profile.ts';
import type { DeskClient } from '../sync/desk-client.ts';
import type { BlobFiles, BlobName } from './blob-files.ts';
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
  /** For an entry of this ticket. */
  bytesOf: (name: BlobName, ticketId: string) => ReturnType<FetchBlob>;
  /** Files that a draft is about to name: they stay from now on. */
  added: (files: readonly Attachment[]) => Promise<void>;
  /** Tickets that the agent no longer sees; all of them where the sign-in was revoked (S9, S14). */
  gone: (isGone: (ticketId: string) => boolean) => Promise<void>;
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

/** A draft that names a new file is on the disk within a second, unless the disk is full. */
const FRESH_MS = HOUR_MS;

export function blobDesk(
  { journal, drafts, blobs: files }: Pick<Profile, 'journal' | 'blobs' | 'drafts'>,
  { client, isPaused, time, tell, wake, log }: BlobDeskDeps,
): BlobDesk {
  const stopped = new AbortController();
  /** When they were added: their draft may not be on the disk yet. */
  const fresh = new Map<string, number>();

  /** What a record or draft names, or is about to, is never deleted (S16). */
  const pinned = (): Set<string> => {
    const names = new Set<string>();
    for (const [hash, addedAt] of fresh) if (addedAt + FRESH_MS > time.nowMs()) names.add(hash);
    for (const { command } of journal.state.commands.values())
      for (const { hash } of attachmentsOf(command.action)) names.add(hash);
    for (const { hash } of drafts.all().flatMap(attachmentsOf)) names.add(hash);
    return names;
  };
  const sweep = (): Promise<void> => files.sweep(pinned());

  const progress = coalesce(() => {
    tell('uploads.changed', { uploads: uploads.progress() });
  });
  const told = { progress, moved: wake };
  const uploads = uploadsOf({ files, client, journal, time, told, log });

  const { signal } = stopped;
  const fetched = fetchBlob({ files, client, isOffline: isPaused, kept: sweep, stopped: signal });

  return {
    files,
    incoming: incomingFiles(files),
    uploads,
    bytesOf: async (name, ticketId) => {
      const bytes = await fetched(name);
      if (bytes.ok) await files.noteTicket(name, ticketId);
      return bytes;
    },
    gone: (isGone) =>
      files.forget(isGone, pinned()).catch((thrown: unknown) => {
        log.warn(`files: ${String(thrown)}`);
      }),
    added: async (added) => {
      for (const { hash } of added) fresh.set(hash, time.nowMs());
      await sweep();
    },
    missing: (action) => attachmentsOf(action).find((file) => !files.has(file)) ?? null,
    stop: () => {
      stopped.abort();
    },
  };
}
