import { err, ok } from '../../shared/base/result.ts';
import type { Result } from '../../shared/base/result.ts';
import type { BridgeError } from '../../shared/bridge/bridge-error.ts';
import type { Attachment } from '../../shared/tickets/attachment.ts';
import { cleanName } from '../../shared/tickets/attachment-name.ts';
import type { BlobFileFault, BlobFiles, Incoming } from './blob-files.ts';

/** Files that the page brings in pieces (S16): what was dropped on it or pasted. */
export type IncomingFiles = {
  begin: (file: { name: string; size: number }) => Promise<number>;
  add: (id: number, offset: number, bytes: Uint8Array) => Promise<Result<void, BridgeError>>;
  finish: (id: number) => Promise<Result<Attachment, BridgeError>>;
  cancel: (id: number) => Promise<void>;
};

/** A page that went away finishes none: the oldest gives way. */
const MOST_AT_ONCE = 40;

type Coming = { file: Incoming; name: string; size: number };

export function incomingFiles(files: Pick<BlobFiles, 'begin'>): IncomingFiles {
  const coming = new Map<number, Coming>();
  let last = 0;

  const end = async (id: number): Promise<void> => {
    const found = coming.get(id);
    coming.delete(id);
    await found?.file.cancel();
  };
  const unknown = (): Result<never, BridgeError> =>
    err({ code: 'not-allowed', message: 'This file is not being added any more.' });
  const refused = async (
    id: number,
    message: string,
    code: BridgeError['code'] = 'not-allowed',
  ): Promise<Result<never, BridgeError>> => {
    await end(id);
    return err({ code, message });
  };

  return {
    begin: async ({ name, size }) => {
      const [oldest] = coming.keys();
      if (coming.size >= MOST_AT_ONCE && oldest !== undefined) await end(oldest);
      last += 1;
      coming.set(last, { file: files.begin(), name: cleanName(name), size });
      return last;
    },
    add: async (id, offset, bytes) => {
      const found = coming.get(id);
      if (found === undefined) return unknown();
      const { file, size } = found;
      if (offset !== file.received()) return refused(id, 'A piece of the file is missing.');
      if (offset + bytes.byteLength > size) return refused(id, 'The file is larger than it was.');
      const added = await file.add(bytes);
      return added.ok ? added : refused(id, added.error.message, codeOf(added.error));
    },
    finish: async (id) => {
      const found = coming.get(id);
      if (found === undefined) return unknown();
      const { file, name, size } = found;
      if (file.received() !== size) return refused(id, 'The file ends before its end.');
      coming.delete(id);
      const whole = await file.finish();
      if (!whole.ok) return err({ code: codeOf(whole.error), message: whole.error.message });
      return ok({ ...whole.value, name });
    },
    cancel: end,
  };
}

function codeOf({ kind }: BlobFileFault): BridgeError['code'] {
  return kind === 'not-saved' ? 'not-saved' : 'not-allowed';
}
