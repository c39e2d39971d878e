import type { PushAnswer } from '../../shared/protocol/push.ts';
import { missingHash } from '../../shared/protocol/blobs.ts';
import type { Time } from '../../shared/base/time.ts';
import { DAY_MS, MINUTE_MS } from '../../shared/base/time.ts';
import type { UploadProgress } from '../../shared/bridge/blobs.ts';
import { attachmentsOf } from '../../shared/tickets/attachment.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import type { KeptCommand } from '../journal/journal-state.ts';
import type { Journal } from '../journal/journal.ts';
import { isPending } from '../journal/pending.ts';
import type { Log } from '../log.ts';
import type { BlobName } from './blob-files.ts';
import { sendFile } from './send-file.ts';
import type { SendDeps } from './send-file.ts';

/**
 * Brings the files that commands name to the desk before the commands go (S16). It works beside the sync loop, so that
 * a long upload keeps back only what stands on the tickets that wait for it.
 */
export type Uploads = {
  /** Sends what pending commands name and the desk lacks; does nothing where that is under way. */
  look: () => void;
  /** May this command not go yet, because the desk lacks a file that it names? */
  keepsBack: (kept: KeptCommand) => boolean;
  /** What the desk said to a push: it may miss a file that it had. */
  answered: (answers: readonly PushAnswer[]) => void;
  /** Breaks off; `look` goes on from where the desk stands. */
  stop: () => void;
  progress: () => UploadProgress[];
};

export type UploadsDeps = SendDeps & {
  journal: Pick<Journal, 'state' | 'recordOutcomes'>;
  time: Time;
  told: {
    progress: () => void;
    /** A file is at the desk, or will never be: commands that waited may go. */
    moved: () => void;
  };
  log: Log;
};

/** The desk keeps a file that nothing names for 7 days; it is asked again long before. */
const BELIEVED_MS = DAY_MS;
/** What the desk does not take is tried again so much later. */
const AGAIN_MS = MINUTE_MS;

export function uploadsOf(deps: UploadsDeps): Uploads {
  const { journal, time, told, log } = deps;
  /** When the desk said of a file that it has it. */
  const there = new Map<string, number>();
  /** Files that the desk misses although a command that was sent names them. */
  const missed = new Set<string>();
  const troubles = new Map<string, { words: string; againAt: number }>();
  let sending: (BlobName & { sent: number }) | null = null;
  let running: AbortController | null = null;

  const isThere = (hash: string): boolean =>
    (there.get(hash) ?? -Infinity) + BELIEVED_MS > time.nowMs();
  /** What was sent may be decided on already: its files are asked for only if the desk misses them. */
  const lacking = ({ command, sentAt }: KeptCommand): Attachment[] =>
    attachmentsOf(command.action).filter(
      ({ hash }) => !isThere(hash) && (sentAt === null || missed.has(hash)),
    );
  const pending = (): KeptCommand[] => {
    const now = time.nowMs();
    return [...journal.state.commands.values()].filter(
      (kept) => isPending(kept) && (kept.command.notBefore ?? 0) <= now,
    );
  };
  const next = (): Attachment | null => {
    const now = time.nowMs();
    for (const kept of pending())
      for (const file of lacking(kept))
        if ((troubles.get(file.hash)?.againAt ?? 0) <= now) return file;
    return null;
  };

  /** Nobody has it: the commands that name it are refused here, so that nothing waits behind them for ever (S16). */
  const refuse = async (file: Attachment): Promise<void> => {
    const names = (kept: KeptCommand): boolean =>
      lacking(kept).some(({ hash, size }) => hash === file.hash && size === file.size);
    const outcomes = pending()
      .filter(names)
      .map(({ command }) => ({
        commandId: command.id,
        noLedgerRow: true as const,
        outcome: {
          kind: 'refused' as const,
          version: 0,
          acceptedAt: time.nowMs(),
          refusal: { code: 'bad-command' as const, message: goneWords(file.name) },
        },
      }));
    const saved = await journal.recordOutcomes(outcomes);
    if (!saved.ok) throw new Error(saved.error.message);
    log.warn(`uploads: a file is gone; ${outcomes.length} commands refused`);
  };

  const work = async (signal: AbortSignal): Promise<void> => {
    for (let file = next(); file !== null && !signal.aborted; file = next()) {
      const { hash } = file;
      sending = { hash, size: file.size, sent: 0 };
      const result = await sendFile(deps, file, signal, (sent) => {
        sending = { hash, size: file?.size ?? sent, sent };
        told.progress();
      });
      sending = null;
      troubles.delete(hash);
      switch (result.kind) {
        case 'there':
          there.set(hash, time.nowMs());
          missed.delete(hash);
          told.moved();
          break;
        case 'gone':
          await refuse(file);
          told.moved();
          break;
        case 'not-taken':
          troubles.set(hash, { words: result.words, againAt: time.nowMs() + AGAIN_MS });
          log.warn(`uploads: ${result.words}`);
          break;
        case 'away':
          // The sync loop finds out by itself, and looks again when the desk is back.
          return;
      }
      told.progress();
    }
  };

  return {
    look: () => {
      if (running !== null || next() === null) return;
      const own = new AbortController();
      running = own;
      work(own.signal)
        .catch((thrown: unknown) => {
          log.error(`uploads: ${String(thrown)}`);
        })
        .finally(() => {
          sending = null;
          if (running === own) running = null;
          told.progress();
        });
    },
    keepsBack: (kept) => lacking(kept).length > 0,
    answered: (answers) => {
      for (const answer of answers) {
        const hash = answer.kind === 'not-yet' ? missingHash(answer.missing) : null;
        if (hash === null) continue;
        there.delete(hash);
        missed.add(hash);
      }
    },
    stop: () => {
      running?.abort();
      running = null;
    },
    progress: () => {
      const shown = new Map<string, UploadProgress>();
      for (const { hash, size } of pending().flatMap(lacking))
        shown.set(hash, { hash, size, sent: 0, trouble: troubles.get(hash)?.words ?? null });
      if (sending !== null) shown.set(sending.hash, { ...sending, trouble: null });
      return [...shown.values()];
    },
  };
}

function goneWords(name: string): string {
  return (
    `The file “${name}” is no longer on this machine and the desk does not have it. ` +
    'Attach it again and send this anew.'
  );
}
