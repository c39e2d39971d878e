import { err, ok } from '../../shared/base/result.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import type { blobMethods } from '../../shared/bridge/blobs.ts';
import { contentTypeOf, judgeName } from '../../shared/tickets/content-type.ts';
import type { BridgeHandlers } from '../security/dispatch.ts';
import type { FileDialogs } from '../shell/file-dialogs.ts';
import type { BlobDesk } from './blob-desk.ts';
import { previewOf } from './preview.ts';
import { saveFile } from './save-file.ts';
import { takeFiles } from './take-files.ts';

export type BlobHandlerDeps = {
  /** Null before the first contact with a desk. */
  blobs: () => Promise<BlobDesk | null>;
  dialogs: FileDialogs;
};

const notReady: BridgeError = {
  code: 'not-allowed',
  message: 'The console has not met its desk yet.',
};

/** The bridge's calls about files (S16). */
export function blobHandlers({
  blobs,
  dialogs,
}: BlobHandlerDeps): Pick<BridgeHandlers<unknown>, keyof typeof blobMethods> {
  return {
    'blob.begin': async (file) => {
      const desk = await blobs();
      return desk === null ? err(notReady) : ok({ id: await desk.incoming.begin(file) });
    },
    'blob.add': async ({ id, offset, bytes }) => {
      const desk = await blobs();
      if (desk === null) return err(notReady);
      const added = await desk.incoming.add(id, offset, bytes);
      return added.ok ? ok({}) : added;
    },
    'blob.finish': async ({ id }) => {
      const desk = await blobs();
      if (desk === null) return err(notReady);
      const file = await desk.incoming.finish(id);
      if (!file.ok) return file;
      await desk.added([file.value]);
      return ok({ file: file.value });
    },
    'blob.cancel': async ({ id }) => {
      await (await blobs())?.incoming.cancel(id);
      return ok({});
    },
    'blob.choose': async () => {
      const desk = await blobs();
      if (desk === null) return err(notReady);
      const taken = await takeFiles(desk.files, await dialogs.chooseFiles());
      await desk.added(taken.files);
      return ok(taken);
    },
    'blob.open': async ({ name, ticketId, ...blob }) => {
      const desk = await blobs();
      if (desk === null) return err(notReady);
      const bytes = await desk.bytesOf(blob, ticketId);
      return bytes.ok ? ok(previewOf(bytes.value, name)) : bytes;
    },
    'blob.save': async ({ name, ticketId, warned, ...blob }) => {
      const desk = await blobs();
      if (desk === null) return err(notReady);
      const bytes = await desk.bytesOf(blob, ticketId);
      if (!bytes.ok) return bytes;
      const verdict = judgeName(name, contentTypeOf(bytes.value));
      if (!warned && (verdict.executable || verdict.lies)) return ok({ kind: 'warn', ...verdict });
      const path = await dialogs.chooseTarget(name);
      if (path === null) return ok({ kind: 'cancelled' });
      const saved = await saveFile(path, bytes.value);
      if (!saved.ok) return err({ code: 'not-saved', message: saved.error });
      return ok({ kind: 'saved' });
    },
  };
}
