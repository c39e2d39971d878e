import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import { MAX_ATTACHMENTS, MAX_ATTACHMENT_BYTES } from '../../shared/tickets/attachment.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import { cleanName } from '../../shared/tickets/attachment-name.ts';
import type { BlobFiles } from './blob-files.ts';

const PIECE_BYTES = 1024 * 1024;

export type TakenFiles = { files: Attachment[]; refused: string[] };

/** Copies files that the agent chose in main's own dialog (S16). What cannot be taken is told, each by its name. */
export async function takeFiles(
  files: Pick<BlobFiles, 'begin'>,
  paths: readonly string[],
): Promise<TakenFiles> {
  const taken: TakenFiles = { files: [], refused: [] };
  for (const [index, path] of paths.entries()) {
    const name = cleanName(basename(path));
    const result =
      index < MAX_ATTACHMENTS
        ? await takeFile(files, path)
        : err(`At most ${MAX_ATTACHMENTS} files go with one message.`);
    if (result.ok) taken.files.push({ ...result.value, name });
    else taken.refused.push(`${name}: ${result.error}`.slice(0, 500));
  }
  return taken;
}

async function takeFile(
  files: Pick<BlobFiles, 'begin'>,
  path: string,
): Promise<Result<Omit<Attachment, 'name'>, string>> {
  const incoming = files.begin();
  try {
    // Before it is opened: a pipe would wait for its other end.
    const found = await stat(path);
    if (!found.isFile()) return err('It is not a file.');
    if (found.size > MAX_ATTACHMENT_BYTES) return err('It has more than 25 MB.');
    const file = await open(path, 'r');
    try {
      for (;;) {
        const { bytesRead, buffer } = await file.read(new Uint8Array(PIECE_BYTES));
        if (bytesRead === 0) break;
        const added = await incoming.add(buffer.subarray(0, bytesRead));
        if (!added.ok) return err(added.error.message);
      }
    } finally {
      await file.close();
    }
    const whole = await incoming.finish();
    return whole.ok ? ok(whole.value) : err(whole.error.message);
  } catch {
    return err('It cannot be read.');
  } finally {
    await incoming.cancel();
  }
}
